"""Heads from inner products alone: a penalised linear head never leaves the span of its training rows."""

import numpy as np
from scipy.linalg import cholesky, solve_triangular
from scipy.optimize import minimize
from scipy.special import logsumexp


def softmax(scores):
    return np.exp(scores - logsumexp(scores, axis=1, keepdims=True))


def coordinates(products, train, rows):
    """Exact coordinates in the span of the training rows, of them and of `rows`."""
    own = products[np.ix_(train, train)]
    jitter = 1e-9 * np.trace(own) / len(train) + 1e-300
    root = cholesky(own + jitter * np.eye(len(train)), lower=True, check_finite=False)
    return root, solve_triangular(root, products[np.ix_(train, rows)], lower=True, check_finite=False).T


def logistic(points, labels, classes, l2, smooth=0.0, start=None):
    """Mean cross-entropy + l2/2 |W|^2, bias not penalised, to its optimum: weights with the bias as the last row."""
    images, length = points.shape
    target = np.full((images, classes), smooth / classes)
    target[np.arange(images), labels] += 1 - smooth

    def loss_and_gradient(flat):
        head = flat.reshape(length + 1, classes)
        scores = points @ head[:-1] + head[-1]
        logarithms = scores - logsumexp(scores, axis=1, keepdims=True)
        residuals = (np.exp(logarithms) - target) / images
        gradient = np.vstack([points.T @ residuals + l2 * head[:-1], residuals.sum(axis=0)])
        return -(target * logarithms).sum() / images + l2 / 2 * (head[:-1] ** 2).sum(), gradient.ravel()

    begin = np.zeros((length + 1) * classes) if start is None else start.ravel()
    options = {"maxiter": 500, "gtol": 2e-5, "ftol": 1e-13, "maxcor": 20}
    found = minimize(loss_and_gradient, begin, jac=True, method="L-BFGS-B", options=options)
    return found.x.reshape(length + 1, classes)


def scores(head, points):
    return points @ head[:-1] + head[-1]


def discriminants(points, others, labels, classes, length, shrinkage=None):
    """
    Linear discriminants with equal priors and the pooled covariance shrunk towards a multiple of the identity of all `length`
    features; by Ledoit and Wolf unless the shrinkage is given.
    """
    images = len(labels)
    means = np.stack([points[labels == label].mean(axis=0) for label in range(classes)])
    within = points - means[labels]
    energy = (within**2).sum() / images
    if shrinkage is None:
        products = within @ within.T
        squares = (products**2).sum() / images**2
        beta = ((np.diag(products) ** 2).sum() / images - squares) / images
        delta = squares - energy**2 / length
        shrinkage = min(max(beta, 0), delta) / delta
    covariance = (1 - shrinkage) * within.T @ within / images
    covariance[np.diag_indices_from(covariance)] += max(shrinkage, 1e-6) * energy / length
    centre = means.mean(axis=0)
    weights = np.linalg.solve(covariance, (means - centre).T)
    return (others - centre) @ weights - ((means - centre).T * weights).sum(axis=0) / 2


def chosen_by_folds(points, labels, classes, penalties, folds=5):
    """The penalty with the least cross-validated loss, labels dealt to the folds in turn."""
    fold = np.empty(len(labels), dtype=int)
    for label in range(classes):
        own = np.flatnonzero(labels == label)
        fold[own] = np.arange(len(own)) % folds
    losses = np.zeros(len(penalties))
    for part in range(folds):
        inside, held = fold != part, fold == part
        head = None
        for index, l2 in enumerate(penalties):
            head = logistic(points[inside], labels[inside], classes, l2, start=head)
            logarithms = np.log(softmax(scores(head, points[held])))
            losses[index] -= logarithms[np.arange(held.sum()), labels[held]].sum()
    return penalties[int(losses.argmin())]


def chosen_by_leaving_out(points, labels, classes, penalties):
    """
    The penalty with the least approximate leave-one-out loss, and its head. The heads are solved from the strongest penalty down,
    each from the one before. A left-out photo's scores are its own moved by its residual times 2h / (1 - h), with h its leverage
    under the bound (1/2) I of softmax's curvature: one eigenvalue problem serves all penalties.
    """
    images = len(labels)
    values, vectors = np.linalg.eigh(points @ points.T)
    target = np.eye(classes)[labels]
    best = (np.inf, None, None)
    head = None
    for l2 in penalties:
        head = logistic(points, labels, classes, l2, start=head)
        leverage = (vectors**2 * (values / (values + 2 * images * l2))).sum(axis=1) + 1 / images
        own = scores(head, points)
        moved = own + (2 * leverage / (1 - leverage))[:, None] * (softmax(own) - target)
        loss = -np.log(np.maximum(softmax(moved), 1e-300))[np.arange(images), labels].mean()
        if loss < best[0]:
            best = (loss, l2, head)
    return best[1], best[2]
