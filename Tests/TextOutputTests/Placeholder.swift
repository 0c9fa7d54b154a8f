// TextOutput
