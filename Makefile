# make delegates to ./dev, which does the work.
.PHONY: demo test serve poll
demo test serve poll:
	./dev $@
