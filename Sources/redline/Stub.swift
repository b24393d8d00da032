func _stub(at: String) throws {}
