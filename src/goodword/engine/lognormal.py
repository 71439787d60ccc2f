"""The lognormal distribution, whole and cut off below, as quantile functions of uniform draws."""

from __future__ import annotations

from math import erfc, log, sqrt

import numpy as np

from goodword.engine.arrays import Floats

CENTRE = (
    (3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
     4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3),
    (1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
     2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3),
)  # fmt: skip
SHOULDER = (
    (1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
     1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4),
    (1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9),
)  # fmt: skip
TAIL = (
    (6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
     2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7),
    (1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15),
)  # fmt: skip


def normal_quantile(p: Floats) -> Floats:
    """Quantiles of the standard normal distribution.

    Parameters
    ----------
    p : ndarray of float, any shape
        Probabilities, 0 < p < 1; 0 and 1 give -inf and inf.

    Returns
    -------
    ndarray of float, same shape
        Relative error about 1e-16.

    References
    ----------
    Wichura, M. J. (1988), algorithm AS 241, Applied Statistics 37(3), 477-484. doi:10.2307/2347330
    """
    p = np.asarray(p, dtype=np.float64)
    from_centre = p - 0.5
    r = 0.180625 - from_centre * from_centre
    z = from_centre * _ratio(CENTRE, r)
    outside = r < 0.0
    if outside.any():
        z[outside] = _outer_quantile(p[outside])
    return z


def _outer_quantile(p: Floats) -> Floats:
    """The two tails of AS 241."""
    with np.errstate(divide="ignore"):
        r = np.sqrt(-np.log(np.minimum(p, 1.0 - p)))
    near, far = np.minimum(r, 5.0) - 1.6, np.clip(r, 5.0, 1e9) - 5.0
    size = np.where(r <= 5.0, _ratio(SHOULDER, near), _ratio(TAIL, far))
    size = np.where(np.isinf(r), np.inf, size)
    return np.where(p < 0.5, -size, size)


def _ratio(coefficients: tuple[tuple[float, ...], tuple[float, ...]], x: Floats) -> Floats:
    """One polynomial divided by another, lowest power first, by Horner's rule."""
    above = np.full_like(x, coefficients[0][-1])
    below = np.full_like(x, coefficients[1][-1])
    for a, b in zip(coefficients[0][-2::-1], coefficients[1][-2::-1], strict=True):
        above *= x
        above += a
        below *= x
        below += b
    ratio: Floats = above / below
    return ratio


def shape_of(mean: float, cv: float) -> tuple[float, float]:
    """Return (mu, sigma) of the normal distribution of the logarithm.

    Parameters
    ----------
    mean : float
        Mean of the lognormal, above 0.
    cv : float
        Standard deviation / mean, at least 0.

    References
    ----------
    sigma^2 = ln(1 + cv^2), mu = ln(mean) - sigma^2 / 2; Johnson, Kotz, Balakrishnan (1994), Continuous Univariate
    Distributions 1, chapter 14.
    """
    variance = log(1.0 + cv * cv)
    return log(mean) - variance / 2.0, sqrt(variance)


def quantiles(mu: Floats | float, sigma: Floats | float, u: Floats) -> Floats:
    """Lognormal quantiles at the probabilities `u` (shapes broadcast)."""
    drawn: Floats = np.exp(mu + sigma * normal_quantile(u))
    return drawn


def quantiles_above(mean: float, cv: float, least: float, u: Floats) -> Floats:
    """Quantiles of a lognormal of which is known that it exceeds `least`: what has run so long and is not over.

    Parameters
    ----------
    mean, cv : float
        Of the whole distribution. With cv 0 and `mean <= least` it ends now: `least` is returned.
    least : float
        Elapsed so far; 0 or less: nothing is known, the whole distribution.
    u : ndarray of float
        Probabilities, 0 < u < 1.

    Returns
    -------
    ndarray of float, shape of `u`
        Never below `least`. Far in the tail (beyond 35 standard deviations of the logarithm, where the probability
        left underflows) the rest is drawn from the exponential with the same hazard.

    References
    ----------
    Inverse transform on the survival function: S(x) = S(least) (1 - u).
    """
    mu, sigma = shape_of(mean, cv)
    if sigma == 0.0:
        return np.full_like(u, max(mean, least))
    if least <= 0.0:
        return quantiles(mu, sigma, u)
    z = (log(least) - mu) / sigma
    if z > 35.0:
        rest: Floats = least - np.log1p(-u) * least * sigma / z
        return rest
    left = 0.5 * erfc(z / sqrt(2.0))
    return np.maximum(np.exp(mu - sigma * normal_quantile(left * (1.0 - u))), least)
