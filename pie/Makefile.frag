# cargo makes the module, in a folder of its own beside that of `make build`. `make install` with other rights does not
# build again: what is newer than the sources stays.

swoole_process_top = $(srcdir)/..
swoole_process_target = $(swoole_process_top)/target/pie
swoole_process_sources = $(shell find $(swoole_process_top)/src $(swoole_process_top)/build.rs \
	$(swoole_process_top)/Cargo.toml $(swoole_process_top)/Cargo.lock -type f)

# Debug information goes into a file beside modules/, which is not installed.
$(phplibdir)/swoole_process.so: $(swoole_process_sources) Makefile
	cd $(swoole_process_top) && $(SWOOLE_PROCESS_ENV) $(if $(CARGO_FLAGS),RUSTFLAGS="$$RUSTFLAGS $(CARGO_FLAGS)") \
		CARGO_TARGET_DIR="$(swoole_process_target)" $(CARGO) rustc --release --locked $(CARGO_FEATURES) --lib \
		--crate-type cdylib
	@$(mkinstalldirs) $(phplibdir)
	cp $(swoole_process_target)/release/libswoole_process.so $@.new
	test -z "$(OBJCOPY)" || { \
		$(OBJCOPY) --only-keep-debug $@.new swoole_process.so.debug && \
		$(OBJCOPY) --strip-unneeded --add-gnu-debuglink=swoole_process.so.debug $@.new; }
	mv -f $@.new $@

# Packagers say DESTDIR; phpize's Makefile says INSTALL_ROOT.
INSTALL_ROOT ?= $(DESTDIR)

# A short test, that the module loads and answers. The suite runs with `make test` in the folder above.
PHP_TEST_SHARED_EXTENSIONS = -d extension=$(phplibdir)/swoole_process.so
TESTS ?= $(swoole_process_top)/php-tests/module/versions_and_processors.phpt
