from django.urls import path

from goodword.faces.technician.views import steps, today, turned, visit

app_name = "technician"
urlpatterns = [
    path("", today.today, name="today"),
    path("visits/<uuid:visit_id>/", visit.visit, name="visit"),
    path("visits/<uuid:visit_id>/turned/", turned.turned, name="turned"),
    path("visits/<uuid:visit_id>/ending/", visit.ending, name="ending"),
    path("visits/<uuid:visit_id>/steps/<slug:step>/", steps.step, name="step"),
    path("visits/<uuid:visit_id>/lateness/", steps.lateness, name="lateness"),
    path("visits/<uuid:visit_id>/turning-back/", steps.turning_back, name="turning_back"),
    path("visits/<uuid:visit_id>/completion/", steps.completion, name="completion"),
    path("visits/<uuid:visit_id>/next-step/", steps.next_step, name="next_step"),
    path("visits/<uuid:visit_id>/notes/", steps.note, name="note"),
    path("notes/<uuid:note_id>/correction/", steps.correct_note, name="note_correction"),
    path("handovers/<uuid:handover_id>/acceptance/", steps.accept, name="accept"),
]
