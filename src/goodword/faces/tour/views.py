from uuid import UUID

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from goodword.crew.models import Role
from goodword.crew.queries import viewer_of
from goodword.faces.tour.stories import mending, stories
from goodword.kit.clock import company_now, is_demo
from goodword.kit.refusals import NotFound
from goodword.messaging.models import Message
from goodword.parts.links import keep_pass
from goodword.worlds.bad_hour import bad_hour as let_go_wrong
from goodword.worlds.sign_in import person_behind, sign_in_links
from goodword.worlds.stories import link_about

LETTERS = 40  # ours
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Who would you like to be, or which story? Only in a demo."""
    if not is_demo():
        raise NotFound
    people = [{"role": Role.Name(role).label, "name": name, "url": url} for role, name, url in sign_in_links("")]
    return render(request, "tour/front.html", {"people": people, "stories": stories(), "now": company_now()})


@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in as one of the demo's people and go to the page that ``to`` names, or to their first."""
    person = person_behind(token)
    login(request, person, backend=BACKEND)
    to = request.GET.get("to", "")
    if url_has_allowed_host_and_scheme(to, None):
        return redirect(to)
    return redirect("technician:today" if viewer_of(person).is_technician else "/")


@require_safe
def customer(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """A customer's page as if they had followed the link of their message."""
    link = link_about(visit_id)
    answer = redirect("portal:visit", key=str(link.id))
    keep_pass(answer, link)
    return answer


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """What was written to customers, the newest first: a demo sends nothing to anybody."""
    if not is_demo():
        raise NotFound
    rows = Message.objects.exclude(body="").order_by("-queued_at", "-id")[:LETTERS]
    return render(request, "tour/letters.html", {"letters": rows, "most": LETTERS, "now": company_now()})


@require_POST
def bad_hour(request: HttpRequest) -> HttpResponse:
    """Let an hour go wrong, and see what Today proposes."""
    return redirect(mending(let_go_wrong(company_now())))
