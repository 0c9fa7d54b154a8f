// ImageSpec
