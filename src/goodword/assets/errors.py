from django.utils.translation import gettext_lazy as _

from goodword.kit.refusals import NotFound, Refusal


class NoSuchAsset(NotFound):
    code = "no-such-asset"


class AssetRetired(Refusal):
    code = "asset-retired"
    says = _("This {kind} was taken out of use already.")


class WrongParent(Refusal):
    code = "wrong-parent"
    says = _("A part belongs to equipment at the same site, and not to itself.")
