// images
