// LayerDriver
