// ImageTransport
