/** What a SavedModel is called where several models are to choose from. */
export const savedModelLabel = 'TensorFlow SavedModel (folder with saved_model.pb)'
