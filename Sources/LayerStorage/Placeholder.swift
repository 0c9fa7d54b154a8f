// LayerStorage
