from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from goodword.crew.models import Role
from goodword.crew.queries import viewer_of
from goodword.kit.clock import company_now, is_demo
from goodword.kit.refusals import NotFound
from goodword.worlds.sign_in import person_behind, sign_in_links

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Who would you like to be? Only in a demo."""
    if not is_demo():
        raise NotFound
    people = [{"role": Role.Name(role).label, "name": name, "url": url} for role, name, url in sign_in_links("")]
    return render(request, "tour/front.html", {"people": people, "now": company_now()})


@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in as one of the demo's people and go to their first page."""
    person = person_behind(token)
    login(request, person, backend=BACKEND)
    return redirect("technician:today" if viewer_of(person).is_technician else "/")
