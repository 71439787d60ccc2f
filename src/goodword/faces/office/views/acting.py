"""A form that does one thing: shown, done once, or shown again with what was typed and why it was refused."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from goodword.faces.office.views.pages import put_on, show
from goodword.kit.refusals import Forbidden, NotFound, Refusal
from goodword.parts.doorway import SignedIn, door

Door = dict[str, Any]


def carry_out(
    request: SignedIn,
    form: forms.Form,
    do: Callable[[Mapping[str, Any], Door], object],
    *,
    template: str,
    context: Mapping[str, Any],
    to: str | Callable[[Any], str],
    says: str | Callable[[Any], str],
) -> HttpResponse:
    """Do what a valid form asks for and go on; else the page again, 422 or the refusal's own status.

    Parameters
    ----------
    do
        Gets the form's facts and ``by``, ``at``, ``command``; a :class:`Refusal` comes back on the form.
    to, says
        Where to go on and with which words, or a function of what ``do`` returned.
    """
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                done = do(form.cleaned_data, door(request))
            except (NotFound, Forbidden):
                raise
            except Refusal as refusal:
                put_on(form, refusal)
                status = refusal.status
            else:
                if words := says(done) if callable(says) else says:
                    messages.success(request, words, extra_tags="kept")
                return redirect(to(done) if callable(to) else to)
    return show(request, template, {**context, "form": form}, status)


def posted(request: SignedIn) -> Any:
    """What was sent, or None when the page is only looked at: a form's first argument."""
    return request.POST if request.method == "POST" else None
