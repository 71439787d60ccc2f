"""How Django writes forms on our pages: ``{{ form }}`` and ``{{ form.email.as_field_group }}`` come out in our look."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """``FORM_RENDERER = "goodword.parts.forms.Renderer"`` (needs ``django.forms`` among the installed apps)."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"
