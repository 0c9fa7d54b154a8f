print("layerctl")
