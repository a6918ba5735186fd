"""The networks of keras.applications that are compared, each at its usual size, and a small vision transformer."""

import keras
from keras import layers


def vision_transformer(weights, input_shape, classifier_activation):
    """Patches of 16 × 16, four blocks of attention and dense layers, mean over places; where a patch is tells a convolution."""
    images = layers.Input(input_shape)
    x = layers.Conv2D(192, 16, 16, name="patches")(images)
    x = layers.Add(name="placed")([x, layers.DepthwiseConv2D(3, padding="same", name="places")(x)])
    x = layers.Reshape((-1, 192), name="sequence")(x)
    for block in range(4):
        y = layers.LayerNormalization(name=f"block{block}_norm1")(x)
        y = layers.MultiHeadAttention(3, 64, name=f"block{block}_attention")(y, y)
        x = layers.Add(name=f"block{block}_add1")([x, y])
        y = layers.LayerNormalization(name=f"block{block}_norm2")(x)
        y = layers.Dense(768, activation="gelu", name=f"block{block}_dense1")(y)
        x = layers.Add(name=f"block{block}_add2")([x, layers.Dense(192, name=f"block{block}_dense2")(y)])
    x = layers.GlobalAveragePooling1D(name="avg_pool")(layers.LayerNormalization(name="norm")(x))
    return keras.Model(images, layers.Dense(1000, activation=classifier_activation, name="predictions")(x))


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
    "ViT": (vision_transformer, 224),
    "VGG16": (keras.applications.VGG16, 224),
}

# These hold their own scaling of pixels, and so take bytes.
TAKE_BYTES = {"MobileNetV3Small", "MobileNetV3Large", "EfficientNetB0", "EfficientNetV2B0", "ConvNeXtTiny"}


def build(family):
    """The network without its softmax, and the size of its pictures."""
    make, size = FAMILIES[family]
    return make(weights=None, input_shape=(size, size, 3), classifier_activation=None), size
