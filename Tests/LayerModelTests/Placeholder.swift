// LayerModel
