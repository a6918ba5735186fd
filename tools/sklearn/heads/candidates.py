"""The heads that are compared: each gives scores [held-out photos, labels] for one draw."""

from functools import cached_property

import numpy as np

import solve

L2 = 0.03
PENALTIES = (1.0, 0.1, 0.01)


def unit_rows(features):
    return features / np.linalg.norm(features, axis=1, keepdims=True)


def power(features, exponent):
    return np.sign(features) * np.abs(features) ** exponent


class Draw:
    """One draw of one set of photos; products are inner products of all photos by all photos."""

    def __init__(self, photos, train, held, cache):
        self.photos, self.train, self.held, self.cache = photos, train, held, cache
        self.labels = photos.labels[train]
        self.classes = photos.classes
        self.length = photos["mean"].shape[1]

    def products(self, name, make):
        """Products of rows that are the same for every draw."""
        if name not in self.cache:
            rows = make()
            self.cache[name] = rows @ rows.T
        return self.cache[name]

    def scaled(self, products, train=None, length=None):
        """Centred on the training rows and divided by their mean variance."""
        train = self.train if train is None else train
        means = products[train].mean(axis=0)
        centred = products - means - means[:, None] + means[train].mean()
        return centred * (len(train) * (length or self.length) / np.trace(centred[np.ix_(train, train)]))

    def view(self, name, change=None, key=None):
        rows = self.photos[name]
        return self.products(key or name, lambda: rows if change is None else change(rows))

    @cached_property
    def whole(self):
        return self.scaled(self.view("mean"))

    @cached_property
    def each(self):
        features = self.photos["mean"]
        deviation = features[self.train].std(axis=0)
        used = deviation > 0
        rows = (features[:, used] - features[self.train][:, used].mean(axis=0)) / deviation[used]
        return rows @ rows.T

    def unit(self, products):
        """The rows of scaled products brought to length 1, and scaled anew."""
        lengths = np.sqrt(np.diag(products))
        return self.scaled(products / np.outer(lengths, lengths))

    def logistic(self, products, l2=L2, smooth=0.0):
        points, others = self.points(products)
        return solve.scores(solve.logistic(points, self.labels, self.classes, l2, smooth), others)

    def within(self, products, l2, shrinkage=0.97):
        """
        With the penalty on weights in proportion to the covariance within labels, shrunk towards a multiple of the identity: coordinates
        in which it is the identity, scaled anew.
        """
        points, others = self.points(products)
        means = np.stack([points[self.labels == label].mean(axis=0) for label in range(self.classes)])
        inside = points - means[self.labels]
        covariance = (1 - shrinkage) * inside.T @ inside
        covariance[np.diag_indices_from(covariance)] += shrinkage * (inside**2).sum() / self.length
        root = np.linalg.cholesky(covariance)
        points, others = np.linalg.solve(root, points.T).T, np.linalg.solve(root, others.T).T
        variance = ((points - points.mean(axis=0)) ** 2).sum() / (len(points) * self.length)
        head = solve.logistic(points / np.sqrt(variance), self.labels, self.classes, l2)
        return solve.scores(head, others / np.sqrt(variance))

    def points(self, products):
        return solve.coordinates(products, self.train, self.held)

    def discriminants(self, products, shrinkage=None):
        points, others = self.points(products)
        return solve.discriminants(points, others, self.labels, self.classes, self.length, shrinkage)


def mirrored(draw):
    """Products of the photos, then of their mirrored copies, and the rows to train on."""
    count = len(draw.photos.labels)
    both = draw.products("both", lambda: np.vstack([draw.photos["mean"], draw.photos["mirrored-mean"]]))
    return both, count, np.concatenate([draw.train, draw.train + count])


def mirrored_averaged(draw):
    both, count, _ = mirrored(draw)
    halves = both[:count, :count], both[:count, count:], both[count:, :count], both[count:, count:]
    return draw.logistic(draw.scaled(sum(halves) / 4))


def mirrored_rows(draw, average):
    both, count, train = mirrored(draw)
    products = draw.scaled(both, train)
    points, others = solve.coordinates(products, train, np.concatenate([draw.held, draw.held + count]))
    head = solve.logistic(points, np.tile(draw.labels, 2), draw.classes, L2)
    plain, copies = np.split(solve.scores(head, others), 2)
    return plain + copies if average else plain


def centroids(draw):
    points, others = draw.points(draw.whole)
    means = np.stack([points[draw.labels == label].mean(axis=0) for label in range(draw.classes)])
    return 2 * others @ means.T - (means**2).sum(axis=1)


def cosines(draw):
    points, others = draw.points(draw.unit(draw.whole))
    means = np.stack([points[draw.labels == label].mean(axis=0) for label in range(draw.classes)])
    return others @ unit_rows(means).T


def least_squares(draw, l2):
    points, others = draw.points(draw.whole)
    target = np.eye(draw.classes)[draw.labels]
    system = points.T @ points + len(points) * l2 * np.eye(points.shape[1])
    return others @ np.linalg.solve(system, points.T @ (target - target.mean(axis=0))) + target.mean(axis=0)


def averaged(draw, products):
    return solve.softmax(draw.logistic(products)) + solve.softmax(draw.discriminants(products))


def by_folds(draw):
    points, others = draw.points(draw.whole)
    l2 = solve.chosen_by_folds(points, draw.labels, draw.classes, PENALTIES)
    return solve.scores(solve.logistic(points, draw.labels, draw.classes, l2), others)


def by_leaving_out(draw):
    points, others = draw.points(draw.whole)
    return solve.scores(solve.chosen_by_leaving_out(points, draw.labels, draw.classes, PENALTIES)[1], others)


def root(draw):
    return draw.view("mean", lambda rows: power(rows, 0.5), "root")


def unit_root(draw):
    return draw.scaled(draw.view("mean", lambda rows: unit_rows(power(rows, 0.5)), "unit root"))


def beside(view, weight):
    """The features and those of another view with `weight` times their variance."""
    return lambda draw: draw.logistic(draw.scaled(draw.whole + weight * draw.scaled(draw.view(view))))


def with_maximum(draw):
    return draw.scaled(draw.whole + draw.scaled(draw.view("max")))


def unit_with_maximum(draw):
    return draw.unit(with_maximum(draw))


def with_discriminants(draw):
    products = unit_with_maximum(draw)
    return solve.softmax(draw.within(products, 0.1)) + solve.softmax(draw.discriminants(products, 0.9))


def candidates(photos):
    """Name to function of a draw; the first is the head before, the second the one that all are compared with."""
    found = {
        "each feature standardised, λ .01": lambda draw: draw.logistic(draw.each, 0.01),
        "one scale, λ .03": lambda draw: draw.logistic(draw.whole),
        "one scale, λ .001": lambda draw: draw.logistic(draw.whole, 0.001),
        "one scale, λ .01": lambda draw: draw.logistic(draw.whole, 0.01),
        "one scale, λ .1": lambda draw: draw.logistic(draw.whole, 0.1),
        "one scale, λ .3": lambda draw: draw.logistic(draw.whole, 0.3),
        "one scale, λ 1": lambda draw: draw.logistic(draw.whole, 1.0),
        "λ of 1, .1, .01 by 5 folds": by_folds,
        "λ of 1, .1, .01 by leaving one out": by_leaving_out,
        "labels smoothed by .1": lambda draw: draw.logistic(draw.whole, smooth=0.1),
        "mirrored copies averaged": mirrored_averaged,
        "mirrored copies as rows": lambda draw: mirrored_rows(draw, False),
        "mirrored copies as rows, scores averaged": lambda draw: mirrored_rows(draw, True),
        "rows to length 1": lambda draw: draw.logistic(draw.scaled(draw.view("mean", unit_rows, "unit"))),
        "centred rows to length 1": lambda draw: draw.logistic(draw.unit(draw.whole)),
        "square root": lambda draw: draw.logistic(draw.scaled(root(draw))),
        "square root, rows to length 1": lambda draw: draw.logistic(unit_root(draw)),
        "square root, centred rows to length 1": lambda draw: draw.logistic(draw.unit(draw.scaled(root(draw)))),
        "penalty within labels, λ .1": lambda draw: draw.within(draw.whole, 0.1),
        "centred rows to length 1, penalty within labels, λ .1": lambda draw: draw.within(draw.unit(draw.whole), 0.1),
        "discriminants, Ledoit and Wolf": lambda draw: draw.discriminants(draw.whole),
        "discriminants, shrinkage .9": lambda draw: draw.discriminants(draw.whole, 0.9),
        "square root, discriminants, .9": lambda draw: draw.discriminants(unit_root(draw), 0.9),
        "least squares, λ 3": lambda draw: least_squares(draw, 3.0),
        "nearest mean": centroids,
        "nearest mean by cosine": cosines,
        "logistic and discriminants averaged": lambda draw: averaged(draw, draw.whole),
        "the same on square root to length 1": lambda draw: averaged(draw, unit_root(draw)),
    }
    if "max" in photos:
        found |= {
            "mean and maximum": beside("max", 1.0),
            "mean and maximum, penalty within labels, λ .1": lambda draw: draw.within(with_maximum(draw), 0.1),
            "mean and maximum, centred rows to length 1, λ .1": lambda draw: draw.logistic(unit_with_maximum(draw), 0.1),
            "the same, penalty within labels": lambda draw: draw.within(unit_with_maximum(draw), 0.1),
            "the same, averaged with discriminants, shrinkage .9": with_discriminants,
            "mean and logits": beside("logits", 1.0),
            "mean and 15th block": beside("block-14", 0.5),
            "mean and 11th block": beside("block-10", 0.5),
        }
    return found
