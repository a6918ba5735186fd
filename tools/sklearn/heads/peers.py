"""scikit-learn's classifiers on the same draws."""

import warnings

import numpy as np
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegressionCV
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.svm import SVC

FOLDS = StratifiedKFold(5, shuffle=True, random_state=0)


def fitted(model, draw, points, others):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return model.fit(points, draw.labels).predict(others)


def logistic(products):
    def predict(draw):
        points, others = draw.points(products(draw))
        settings = {"l1_ratios": (0,), "use_legacy_attributes": False, "max_iter": 300}
        return fitted(LogisticRegressionCV(Cs=np.logspace(-4, 1, 6), cv=FOLDS, **settings), draw, points, others)

    return predict


def linear_machine(products):
    def predict(draw):
        points, others = draw.points(products(draw))
        model = GridSearchCV(SVC(kernel="linear"), {"C": np.logspace(-5, 0, 6)}, cv=FOLDS)
        return fitted(model, draw, points, others)

    return predict


def radial_machine(draw):
    points, others = draw.points(draw.whole)
    # What lies outside the training photos' span lengthens every distance to them.
    outside = np.diag(draw.whole)[draw.held] - (others**2).sum(axis=1)
    points = np.hstack([points, np.zeros((len(points), 1))])
    others = np.hstack([others, np.sqrt(np.maximum(outside, 0))[:, None]])
    grid = {"C": [0.3, 1, 3, 10, 100], "gamma": np.array([0.03, 0.1, 0.3, 1]) / draw.length}
    return fitted(GridSearchCV(SVC(), grid, cv=FOLDS), draw, points, others)


def shrunken_discriminants(draw):
    features = draw.photos["mean"]
    model = LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto")
    return fitted(model, draw, features[draw.train], features[draw.held])


def peers():
    """Name to function of a draw, which gives predicted labels."""
    return {
        "LogisticRegressionCV": logistic(lambda draw: draw.whole),
        "LogisticRegressionCV, StandardScaler": logistic(lambda draw: draw.each),
        "SVC, linear": linear_machine(lambda draw: draw.whole),
        "SVC, linear, StandardScaler": linear_machine(lambda draw: draw.each),
        "SVC, RBF": radial_machine,
        "LinearDiscriminantAnalysis, shrinkage auto": shrunken_discriminants,
    }
