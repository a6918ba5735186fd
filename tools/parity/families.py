"""The networks of keras.applications that are compared, each at its usual size."""

import keras

FAMILIES = {
    "MobileNet": (keras.applications.MobileNet, 224),
    "MobileNetV2": (keras.applications.MobileNetV2, 224),
    "MobileNetV3Small": (keras.applications.MobileNetV3Small, 224),
    "MobileNetV3Large": (keras.applications.MobileNetV3Large, 224),
    "EfficientNetB0": (keras.applications.EfficientNetB0, 224),
    "EfficientNetV2B0": (keras.applications.EfficientNetV2B0, 224),
    "NASNetMobile": (keras.applications.NASNetMobile, 224),
    "DenseNet121": (keras.applications.DenseNet121, 224),
    "ResNet50": (keras.applications.ResNet50, 224),
    "ResNet50V2": (keras.applications.ResNet50V2, 224),
    "Xception": (keras.applications.Xception, 299),
    "InceptionV3": (keras.applications.InceptionV3, 299),
    "ConvNeXtTiny": (keras.applications.ConvNeXtTiny, 224),
    "InceptionResNetV2": (keras.applications.InceptionResNetV2, 299),
    "VGG16": (keras.applications.VGG16, 224),
}

# These hold their own scaling of pixels, and so take bytes.
TAKE_BYTES = {"MobileNetV3Small", "MobileNetV3Large", "EfficientNetB0", "EfficientNetV2B0", "ConvNeXtTiny"}


def build(family):
    """The network without its softmax, and the size of its pictures."""
    make, size = FAMILIES[family]
    return make(weights=None, input_shape=(size, size, 3), classifier_activation=None), size
