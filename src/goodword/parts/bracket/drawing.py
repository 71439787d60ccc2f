"""The drawing itself: one fluid SVG. Places are shares of the width, shapes are in px, so lines keep their weight.

No inline style and no script: presentation attributes and classes only, colours in ``css/bracket.css``.
"""

from html import escape

from goodword.parts.bracket.placing import ICON, Placed, place
from goodword.parts.bracket.sizes import Geometry, Size, geometry
from goodword.parts.bracket.values import Audience, BracketView, State
from goodword.parts.icons import PATHS

OLD_AXIS = "2.5 3.5"
OLD_LIMB = "2.5 2"


def draw(view: BracketView, size: Size | str = Size.ROW, *, named: bool = True) -> str:
    """Draw ``view`` as one SVG element.

    Parameters
    ----------
    view
        Places from 0 to 1, state and words, from :func:`goodword.parts.bracket.view`.
    size
        ``row`` (stop list, table cell), ``board``, ``tray`` or ``large`` (phone, customer's page, story page).
    named
        Whether the words are its text alternative; False where the same words stand beside it in the page.

    Returns
    -------
    str
        Markup, every text in it escaped. 100 % wide; its height follows from the size.
    """
    size = Size(size)
    customer = view.audience is Audience.CUSTOMER
    g = geometry(size, customer=customer)
    middle = g.above
    height = 2 * g.above + (g.text * 1.6 if g.text else 0)
    shapes = [*_old(view, g, middle), *_axis(view, g, middle)]
    hollow = view.state is State.BROKEN
    shapes += [_late_line(view, g, middle)] if hollow else []
    shapes += _hollow_limbs(view, g, middle) if hollow else _limbs(view, g, middle)
    shapes += [_tick(view, g, middle)] if view.arrived is not None else _whisker(view, g, middle)
    shapes += _texts(view, g, 2 * g.above)
    classes = f"bracket bracket-{size.value} bracket-is-{view.state.value}" + (" bracket-customer" if customer else "")
    role = f'role="img" aria-label="{escape(view.words)}"' if named else 'aria-hidden="true"'
    return f'<svg class="{classes}" width="100%" height="{_n(height)}" {role} focusable="false">{"".join(shapes)}</svg>'


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _x(share: float) -> str:
    return f"{_n(share * 100)}%"


def _here(share: float, middle: float, inner: str, extra: str = "") -> str:
    """Shapes in px around the point at ``share`` of the width on the middle line."""
    return f'<svg x="{_x(share)}" y="{_n(middle)}" width="1" height="1"{extra}>{inner}</svg>'


def _dots(start: float, end: float, inset: tuple[float, float], middle: float, line: str) -> str:
    """A line that keeps ``inset`` px away from both its ends: it shows where two clips, each moved, overlap."""
    left, right = inset
    reach = 20
    inner = (
        f'<svg class="bracket-clip" width="100%" height="{2 * reach}">'
        f'<line x1="0" x2="100%" y1="{reach}" y2="{reach}" {line}/></svg>'
    )
    return (
        f'<svg x="{_x(start)}" y="{_n(middle - reach)}" width="{_x(max(0.0, end - start))}" height="{2 * reach}">'
        f'<g transform="translate({_n(-right)} 0)"><svg class="bracket-clip" width="100%" height="{2 * reach}">'
        f'<g transform="translate({_n(left + right)} 0)">{inner}</g></svg></g></svg>'
    )


def _axis(view: BracketView, g: Geometry, middle: float) -> list[str]:
    """Round dots inside the feet; with a latest time only, from the beginning of the scale."""
    if view.state is State.KEPT and view.arrived is None:
        return []
    width, every = g.dots
    dash = f'stroke-dasharray="0 {_n(every)}" stroke-dashoffset="-1"'
    inset = round(g.foot)
    start = view.opens if view.opens is not None else 0.0
    return [
        _dots(start, view.closes, (inset, inset), middle, f'class="bracket-axis" stroke-width="{_n(width)}" {dash}')
    ]


def _limb_path(g: Geometry, side: int) -> str:
    foot, half = _n(side * g.foot), _n(g.h / 2)
    return f"M{foot} -{half}H0V{half}H{foot}"


def _limbs(view: BracketView, g: Geometry, middle: float) -> list[str]:
    ended = view.state in (State.RELEASED, State.VOID)
    line = f'stroke-width="{_n(g.stroke)}"' + (f' stroke-dasharray="{OLD_LIMB}"' if ended else "")
    drawn = [(view.opens, 1), (view.closes, -1)]
    return [
        _here(share, middle, f'<path class="bracket-limb" {line} d="{_limb_path(g, side)}"/>')
        for share, side in drawn
        if share is not None
    ]


def _old(view: BracketView, g: Geometry, middle: float) -> list[str]:
    """The window before the last agreement, dashed. An edge that both share is drawn once, as the new one's."""
    if view.old_closes is None:
        return []
    start = view.old_opens if view.old_opens is not None else 0.0
    shared = {view.opens, view.closes}
    limb = f'class="bracket-old" stroke-width="{_n(g.stroke)}" stroke-dasharray="{OLD_LIMB}"'
    edges = [(view.old_opens, 1), (view.old_closes, -1)]
    shapes = [
        _here(share, middle, f'<path {limb} d="{_limb_path(g, side)}"/>')
        for share, side in edges
        if share is not None and share not in shared
    ]
    line = f'class="bracket-old" stroke-width="1" stroke-dasharray="{OLD_AXIS}"'
    ends = view.old_closes if view.opens is None else min(view.old_closes, max(view.opens, start))
    return [_dots(start, ends, (round(g.foot) + 2, round(g.foot)), middle, line), *shapes]


def _hollow_limbs(view: BracketView, g: Geometry, middle: float) -> list[str]:
    """Outlined limbs, filled with what they stand on, with a hair's gap to the line that leaves them."""
    top, out = g.h / 2, 0.5
    inner = g.limb - 0.75 * g.hollow
    foot = g.foot + g.limb / 2
    outline = (
        f"M{{s}}{_n(foot)} -{_n(top)}H{{t}}{_n(out)}V{_n(top)}H{{s}}{_n(foot)}V{_n(top - inner)}"
        f"H{{s}}{_n(inner - out)}V-{_n(top - inner)}H{{s}}{_n(foot)}Z"
    )
    shapes = []
    for share, left in ((view.opens, True), (view.closes, False)):
        if share is None:
            continue
        d = outline.format(s="", t="-") if left else outline.format(s="-", t="")
        gap = f'<path class="bracket-gap" stroke-width="{_n(g.hollow + 2)}" d="{d}"/>'
        limb = f'<path class="bracket-hollow" stroke-width="{_n(g.hollow)}" d="{d}"/>'
        shapes.append(_here(share, middle, gap + limb))
    return shapes


def _late_line(view: BracketView, g: Geometry, middle: float) -> str:
    if view.arrived is None:
        return ""
    edge = view.opens if view.early and view.opens is not None else view.closes
    return _line(min(edge, view.arrived), max(edge, view.arrived), middle, "bracket-way", g.late_line)


def _line(start: float, end: float, y: float, name: str, width: float) -> str:
    places = f'x1="{_x(start)}" x2="{_x(end)}" y1="{_n(y)}" y2="{_n(y)}"'
    return f'<line class="{name}" {places} stroke-width="{_n(width)}"/>'


def _tick(view: BracketView, g: Geometry, middle: float) -> str:
    assert view.arrived is not None
    tall = g.h + g.tick_extra
    box = f'x="{_n(-g.tick / 2)}" y="{_n(-tall / 2)}" width="{_n(g.tick)}" height="{_n(tall)}"'
    return _here(view.arrived, middle, f'<rect class="bracket-tick" {box}/>')


def _whisker(view: BracketView, g: Geometry, middle: float) -> list[str]:
    """10 to 90 % with caps, the dot at the median with a halo. Unknown is shown as unknown: nothing."""
    if view.p50 is None or view.state in (State.RELEASED, State.VOID, State.NO_FORECAST):
        return []
    shapes = []
    if view.p10 is not None and view.p90 is not None:
        shapes.append(_line(view.p10, view.p90, middle, "bracket-whisker", g.whisker))
        cap = f'<path class="bracket-whisker" stroke-width="{_n(g.cap)}" d="M0 {_n(-g.h / 4)}V{_n(g.h / 4)}"/>'
        shapes += [_here(view.p10, middle, cap), _here(view.p90, middle, cap)]
    dot = f'<circle class="bracket-dot" r="{_n(g.radius)}" stroke-width="{_n(g.halo)}"/>'
    shapes.append(_here(view.p50, middle, dot))
    return shapes


def _texts(view: BracketView, g: Geometry, top: float) -> list[str]:
    if not g.text:
        return []
    return [_text(each, g, top + g.text * 1.2) for each in place(view.labels, g.text)]


def _text(placed: Placed, g: Geometry, baseline: float) -> str:
    label = placed.label
    name = ' class="bracket-said"' if label.said else ""
    shift = placed.shift
    icon = ""
    if label.icon:
        to = f"translate({_n(shift - placed.width / 2)} {_n(baseline - g.text * 0.83)}) scale({_n(g.text * 0.06)})"
        line = 'class="bracket-icon" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
        icon = f'<g transform="{to}"><path {line} d="{PATHS[label.icon]}"/></g>'
        shift += ICON * g.text / 2
    text = f'<text{name} x="{_n(shift)}" y="{_n(baseline)}" text-anchor="middle">{escape(label.text)}</text>'
    return _here(label.at, 0, icon + text)
