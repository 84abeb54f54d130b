"""What trade would have been on its course: fitted before the window, never in it.

State-space models of statsmodels on the logarithm of monthly values, each with another
idea of the trend; one look at several, because a conclusion that needs one of them is
none. The window's months are forecast together, with their covariance: months that err
together do not cancel out in a sum.
"""

import math
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from clearway.trade.extras import imported

DRAWS = 20_000
_SEED = 20240301
FEWEST = 24
"""Months of history without which seasons cannot be told from trend."""


@dataclass(frozen=True, slots=True)
class Trend:
    """One idea of the trend: `build` makes the model of values and regressors."""

    name: str
    meaning: str
    build: Callable[[Any, Any], Any]


def _components(level: str) -> Callable[[Any, Any], Any]:
    def build(values: Any, regressors: Any) -> Any:
        structural = imported("statsmodels.tsa.statespace.structural")
        return structural.UnobservedComponents(
            values,
            level=level,
            seasonal=12,
            stochastic_seasonal=False,
            exog=regressors,
        )

    return build


def _airline(values: Any, regressors: Any) -> Any:
    sarimax = imported("statsmodels.tsa.statespace.sarimax")
    return sarimax.SARIMAX(
        values, exog=regressors, order=(0, 1, 1), seasonal_order=(0, 1, 1, 12)
    )


TRENDS = (
    Trend("level", "a level that wanders, no trend", _components("llevel")),
    Trend(
        "drift", "a level that wanders about a steady trend", _components("lldtrend")
    ),
    Trend("walk", "a random walk with a steady trend", _components("rwdrift")),
    Trend("airline", "a seasonal ARIMA (0,1,1)(0,1,1)12", _airline),
)
"""The specifications that are asked each time; agreement is counted over them."""

QUICK = TRENDS[1]
"""The one used where hundreds of windows are asked."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a model expects of the months of a window.

    `mean` are the expected logarithms, `spread` the standard deviations of their
    errors, `draws` simulated sums over the window in the unit of the series, `monthly`
    the 2.5, 50 and 97.5 % points of each month.
    """

    trend: str
    mean: tuple[float, ...]
    spread: tuple[float, ...]
    draws: Any
    monthly: tuple[tuple[float, float, float], ...]

    @property
    def median(self) -> float:
        """The sum over the window that is as likely exceeded as not."""
        return float(imported("numpy").median(self.draws))

    def between(self, share: float = 0.95) -> tuple[float, float]:
        """The interval that holds this share of the sums."""
        numpy = imported("numpy")
        tail = (1 - share) / 2
        low, high = numpy.quantile(self.draws, [tail, 1 - tail])
        return float(low), float(high)

    def p_fall(self, actual: float) -> float:
        """How likely a sum as low as the actual one is on the expected course."""
        low = int((self.draws <= actual).sum())
        return (low + 1) / (len(self.draws) + 1)

    def p_rise(self, actual: float) -> float:
        """How likely a sum as high as the actual one is on the expected course."""
        high = int((self.draws >= actual).sum())
        return (high + 1) / (len(self.draws) + 1)


def expected(
    history: Sequence[float | None],
    ahead: int,
    trend: Trend,
    *,
    regressor: Sequence[float] | None = None,
    estimates: Any = None,
) -> Expected | None:
    """What a trend expects of the months after a history; None if it cannot be fitted.

    `history` are monthly values, None where a month is unknown or left out;
    `regressor` covers history and window (None: no holiday moves this trade);
    `estimates` are parameters that `estimated` gave, not to be estimated again.
    """
    numpy = imported("numpy")
    logs, past, coming = _arrays(history, regressor)
    if estimates is None:
        fitted = _fitted(trend, logs, past)
    else:
        fitted = _filtered(trend, logs, past, estimates)
    if fitted is None:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        forecast = fitted.get_forecast(ahead, exog=coming)
    mean = numpy.asarray(forecast.predicted_mean, dtype=float)
    covariance = _covariance(fitted, ahead)
    if not numpy.isfinite(mean).all() or not numpy.isfinite(covariance).all():
        return None
    root = _root(covariance)
    noise = numpy.random.default_rng(_SEED).standard_normal((ahead, DRAWS))
    months = numpy.exp(mean[:, None] + root @ noise)
    points = numpy.quantile(months, [0.025, 0.5, 0.975], axis=1).T
    return Expected(
        trend.name,
        tuple(float(value) for value in mean),
        tuple(float(value) for value in numpy.sqrt(numpy.diag(covariance))),
        months.sum(axis=0),
        tuple((float(a), float(b), float(c)) for a, b, c in points),
    )


def estimated(
    history: Sequence[float | None],
    trend: Trend,
    *,
    regressor: Sequence[float] | None = None,
) -> Any:
    """The parameters of a trend fitted to a history; None if it cannot be fitted."""
    logs, past, _ = _arrays(history, regressor)
    fitted = _fitted(trend, logs, past)
    return None if fitted is None else fitted.params


def _arrays(
    history: Sequence[float | None], regressor: Sequence[float] | None
) -> tuple[Any, Any, Any]:
    """Logarithms of a history, its regressor, and that of the months after it."""
    numpy = imported("numpy")
    logs = numpy.array(
        [math.log(value) if value else numpy.nan for value in history], dtype=float
    )
    if regressor is None:
        return logs, None, None
    holidays = numpy.array(regressor, dtype=float).reshape(-1, 1)
    return logs, holidays[: len(logs)], holidays[len(logs) :]


def _filtered(trend: Trend, logs: Any, regressors: Any, estimates: Any) -> Any:
    """The model with parameters that are given, run through a history."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return trend.build(logs, regressors).filter(estimates, cov_type="none")


def _fitted(trend: Trend, logs: Any, regressors: Any) -> Any:
    """The fitted model; a fit that did not converge is tried again another way."""
    numpy = imported("numpy")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = trend.build(logs, regressors)
        for method in ("lbfgs", "nm"):
            try:
                fitted = model.fit(disp=0, maxiter=400, method=method)
            except (numpy.linalg.LinAlgError, ValueError):
                continue
            if fitted.mle_retvals["converged"] and math.isfinite(fitted.llf):
                return fitted
    return None


def _covariance(fitted: Any, ahead: int) -> Any:
    """The covariance of the forecast errors of the months of a window.

    For a state that moves by T with shocks V and is seen through Z with noise H: the
    error of month h begins as Z P_h Z' + H, and its covariance with month k > h is
    Z T^(k-h) P_h Z' (Durbin and Koopman, Time Series Analysis by State Space Methods,
    section 4.11).
    """
    numpy = imported("numpy")
    kept = fitted.filter_results

    def last(name: str) -> Any:
        return numpy.asarray(getattr(kept, name))[:, :, -1]

    seen, moves, chosen = last("design"), last("transition"), last("selection")
    shocks = chosen @ last("state_cov") @ chosen.T
    state = last("predicted_state_cov")
    covariance = numpy.zeros((ahead, ahead))
    for near in range(ahead):
        moved = state
        for far in range(near, ahead):
            both = float((seen @ moved @ seen.T)[0, 0])
            covariance[near, far] = covariance[far, near] = both
            moved = moves @ moved
        state = moves @ state @ moves.T + shocks
    return covariance + numpy.eye(ahead) * last("obs_cov")[0, 0]


def _root(covariance: Any) -> Any:
    numpy = imported("numpy")
    values, vectors = numpy.linalg.eigh((covariance + covariance.T) / 2)
    return vectors * numpy.sqrt(numpy.clip(values, 0.0, None))
