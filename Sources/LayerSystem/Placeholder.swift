// LayerSystem
