//! With the feature `php`: finds the PHP to build for, generates declarations of its engine, and sets the cfgs `php81` ...
//! (that version or later), `php_zts`, `php_debug`, `php_delayed_oom` (the engine reports used-up memory between two
//! instructions, not in the allocation) and `php_signals` (the engine defers signals). Without it: does nothing.

fn main() -> anyhow::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    // OpenSSL keeps pointers to functions of ours, and outlives a module that is unloaded at PHP's end.
    #[cfg(feature = "tls")]
    println!("cargo:rustc-cdylib-link-arg=-Wl,-z,nodelete");
    // Functions that run once in a process are `#[cold]`. Side by side they take few pages, and each page that a new
    // process touches costs a page fault.
    println!("cargo:rustc-cdylib-link-arg=-Wl,-z,keep-text-section-prefix");
    // The dynamic linker reads the relocations at each start: 4,500, of 24 bytes each if they are not packed.
    if loads_packed_relocations() && can_link_with(PACKED) {
        println!("cargo:rustc-cdylib-link-arg={PACKED}");
    }
    #[cfg(feature = "php")]
    php::configure()?;
    Ok(())
}

const PACKED: &str = "-Wl,-z,pack-relative-relocs";

/// Whether the module is for this machine, whose C library loads packed relocations (DT_RELR): glibc does since 2.36.
/// A module for other machines, too, is built with `SWOOLE_PROCESS_PORTABLE`.
fn loads_packed_relocations() -> bool {
    println!("cargo:rerun-if-env-changed=SWOOLE_PROCESS_PORTABLE");
    let set = |name| std::env::var(name).unwrap_or_default();
    let is_native = set("HOST") == set("TARGET") && set("CARGO_CFG_TARGET_ENV") == "gnu";
    if !is_native || !set("SWOOLE_PROCESS_PORTABLE").is_empty() {
        return false;
    }
    let asked = std::process::Command::new("getconf").arg("GNU_LIBC_VERSION").output();
    let version = asked.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let minor =
        version.as_deref().unwrap_or_default().strip_prefix("glibc 2.").and_then(|minor| minor.parse().ok());
    minor.is_some_and(|minor: u32| minor >= 36)
}

/// Whether the linker takes this option. Most ignore options that they do not know, but gold fails.
fn can_link_with(option: &str) -> bool {
    let set = |name| std::env::var(name).unwrap_or_default();
    let mut rustc = std::process::Command::new(set("RUSTC"));
    rustc.args(["-", "--crate-name=empty", "--crate-type=cdylib", "--out-dir", &set("OUT_DIR")]);
    rustc.args(set("CARGO_ENCODED_RUSTFLAGS").split('\x1f').filter(|flag| !flag.is_empty()));
    if let Ok(linker) = std::env::var("RUSTC_LINKER") {
        rustc.arg(format!("-Clinker={linker}"));
    }
    rustc.arg(format!("-Clink-arg={option}")).stdin(std::process::Stdio::null());
    rustc.output().is_ok_and(|output| output.status.success())
}

#[cfg(feature = "php")]
mod php {
    use anyhow::{Context, Result, bail, ensure};
    use ext_php_rs_build::{ApiVersion, PHPInfo};
    use std::env;
    use std::path::{Path, PathBuf};
    use std::process::Command;

    const HEADER: &str = "src/zend/engine.h";
    const NO_PHP: &str = "PHP and its headers are needed to build this extension. On Debian or Ubuntu: \
        apt-get install php-cli php-dev. To use a PHP of your own, set PHP_CONFIG to its php-config.";
    const NO_CLANG: &str = "libclang is needed to read PHP's headers. On Debian or Ubuntu: apt-get install \
        libclang-dev. If it is installed in an unusual place, set LIBCLANG_PATH to its folder.";

    /// The declarations of the engine that src/zend uses. The types that they mention are included.
    const TYPES: &[&str] = &[
        "php_file_globals",
        "zend_class_entry",
        "zend_compiler_globals",
        "zend_execute_data",
        "zend_extension",
        "zend_executor_globals",
        "zend_fcall_info",
        "zend_fiber",
        "zend_fiber_context",
        "zend_fiber_transfer",
        "zend_fiber_status",
        "zend_internal_function",
        "zend_output_globals",
        "zend_fcall_info_cache",
        "php_basic_globals",
        "php_core_globals",
        "php_stream_context",
        "php_stream_ops",
        "php_stream_wrapper",
        "php_netstream_data_t",
        "php_stream_transport_factory",
        "php_stream_xport_crypto_param",
        "php_stream_xport_param",
        "php_process_handle",
        "zend_function_entry",
        "zend_generator",
        "zend_get_gc_buffer",
        "zend_ini_entry_def",
        "zend_internal_arg_info",
        "zend_module_dep",
        "zend_module_entry",
        "zend_object_handlers",
        "zend_property_info",
        "zend_signal_globals_t",
    ];
    const FUNCTIONS: &[&str] = &[
        "_efree",
        "_emalloc",
        "_erealloc",
        "_femalloc",
        "_ferealloc",
        "_php_stream_cast",
        "_php_stream_flush",
        "_php_stream_free",
        "_php_stream_fopen_from_fd",
        "_php_stream_sock_open_from_socket",
        "_php_stream_xport_create",
        "_zend_hash_init",
        "_zend_new_array",
        "display_ini_entries",
        "get_active_class_name",
        "get_active_function_name",
        "object_init_ex",
        "object_properties_init",
        "php_error_docref",
        "php_array_merge",
        "php_call_shutdown_functions",
        "php_output_activate",
        "php_output_deactivate",
        "php_output_end_all",
        "php_output_write",
        "php_file_le_pstream",
        "php_file_le_stream",
        "php_info_print_table_end",
        "php_info_print_table_row",
        "php_info_print_table_start",
        "php_stream_xport_get_hash",
        "php_stream_xport_register",
        "php_register_url_stream_wrapper",
        "php_unregister_url_stream_wrapper",
        "zend_argument_value_error",
        "zend_array_destroy",
        "zend_array_dup",
        "zend_alter_ini_entry_chars",
        "zend_call_function",
        "zend_call_known_function",
        "zend_class_implements",
        "zend_clear_exception",
        "zend_declare_class_constant_long",
        "zend_eval_stringl",
        "zend_declare_property",
        "zend_declare_property_bool",
        "zend_declare_property_long",
        "zend_declare_property_null",
        "zend_declare_property_string",
        "zend_error",
        "zend_exception_error",
        "zend_exception_set_previous",
        "zend_fcall_info_init",
        "tsrm_get_ls_cache",
        "zend_fetch_debug_backtrace",
        "zend_fetch_resource2",
        "zend_fiber_destroy_context",
        "zend_fiber_init_context",
        "zend_fiber_stack_base",
        "zend_fiber_stack_limit",
        "zend_fiber_switch_block",
        "zend_fiber_switch_blocked",
        "zend_fiber_switch_context",
        "zend_fiber_switch_unblock",
        "zend_get_callable_name",
        "zend_get_executed_filename",
        "zend_get_executed_lineno",
        "zend_get_gc_buffer_create",
        "zend_get_gc_buffer_grow",
        "zend_handle_delayed_oom",
        "zend_hash_add_new",
        "zend_hash_apply",
        "zend_hash_del",
        "zend_hash_destroy",
        "zend_function_dtor",
        "zend_hash_find",
        "zend_hash_get_current_data_ex",
        "zend_hash_get_current_key_ex",
        "zend_hash_internal_pointer_reset_ex",
        "zend_hash_move_forward_ex",
        "zend_hash_next_index_insert",
        "zend_hash_index_add_new",
        "zend_hash_index_find",
        "zend_hash_index_update",
        "zend_hash_str_del",
        "zend_hash_str_find",
        "zend_hash_str_update",
        "zend_hash_update",
        "zend_ini_long",
        "zend_list_close",
        "zend_register_list_destructors_ex",
        "zend_register_resource",
        "zend_rsrc_list_get_rsrc_type",
        "zend_mm_delayed_error_or_panic",
        "zend_mm_get_heap",
        "zend_mm_is_fallible",
        "zend_mm_set_custom_handlers",
        "zend_ini_string_ex",
        "zend_is_true",
        "zend_is_graceful_exit",
        "zend_is_unwind_exit",
        "zend_object_std_dtor",
        "zend_objects_clone_members",
        "zend_objects_destroy_object",
        "zend_objects_new",
        "zend_object_std_init",
        "zend_parse_arg_bool_slow",
        "zend_parse_arg_double_slow",
        "zend_parse_arg_long_slow",
        "zend_parse_arg_number_slow",
        "zend_parse_arg_str_slow",
        "zend_read_property",
        "zend_register_class_alias_ex",
        "zend_register_bool_constant",
        "zend_register_double_constant",
        "zend_get_user_opcode_handler",
        "zend_register_extension",
        "zend_register_functions",
        "zend_string_tolower_ex",
        "zend_strpprintf",
        "zend_register_ini_entries",
        "zend_register_internal_class_ex",
        "zend_next_free_module",
        "zend_register_long_constant",
        "zend_register_module_ex",
        "zend_register_stringl_constant",
        "zend_release_fcall_info_cache",
        "zend_std_get_properties",
        "zend_std_get_static_method",
        "zend_std_unset_property",
        "zend_throw_error",
        "zend_set_user_opcode_handler",
        "zend_throw_exception",
        "zend_throw_exception_object",
        "zend_throw_graceful_exit",
        "zend_throw_unwind_exit",
        "zend_try_assign_typed_ref",
        "zend_trace_to_string",
        "zend_unexpected_extra_named_error",
        "zend_unregister_ini_entries",
        "zend_update_property",
        "zend_update_property_long",
        "zend_try_assign_typed_ref_null",
        "zend_wrong_callback_error",
        "zend_wrong_parameter_error",
        "zend_wrong_parameters_count_error",
        "zend_stack_del_top",
        "zend_stack_push",
        "zend_stack_top",
        "zend_value_error",
        "zend_vm_stack_destroy",
        "zend_vm_stack_init_ex",
        "zval_get_double_func",
        "zval_get_long_func",
        "zval_get_string_func",
        "virtual_chdir",
        "virtual_getcwd",
        "zend_zval_type_name",
        "zval_ptr_dtor",
    ];
    const VARIABLES: &[&str] = &[
        "CONST_.*",
        "E_.*",
        "EG_FLAGS_IN_SHUTDOWN",
        "IS_.*",
        "MAY_BE_.*",
        "MODULE_DEP_.*",
        "MODULE_PERSISTENT",
        "PHP_INI_.*",
        "PHP_STREAM_AS_FD",
        "PHP_STREAM_AS_FD_FOR_SELECT",
        "PHP_STREAM_CAST_INTERNAL",
        "PHP_STREAM_FLAG_NO_FCLOSE",
        "PHP_OUTPUT_HANDLER_DISABLED",
        "PHP_STREAM_FLAG_NO_SEEK",
        "PHP_STREAM_FLAG_SUPPRESS_ERRORS",
        "PHP_STREAM_FREE_.*",
        "PHP_STREAM_OPTION_.*",
        "ZEND_ACC_.*",
        "ZEND_CALL_HAS_EXTRA_NAMED_PARAMS",
        "ZEND_DECLARE_CLASS",
        "ZEND_DECLARE_CLASS_DELAYED",
        "ZEND_EXIT",
        "ZEND_EXTENSION_.*",
        "ZEND_GENERATOR_CURRENTLY_RUNNING",
        "ZEND_HASH_APPLY_KEEP",
        "ZEND_INI_STAGE_RUNTIME",
        "ZEND_SEND_BY_REF",
        "ZEND_INTERNAL_CLASS",
        "ZEND_INTERNAL_FUNCTION",
        "ZEND_USER_FUNCTION",
        "ZEND_USER_OPCODE_.*",
        "ZPP_ERROR_WRONG_ARG",
        "Z_EXPECTED_.*",
        "_ZEND_IS_.*",
        "_ZEND_SEND_.*",
        "_ZEND_TYPE_.*",
        "_zend_expected_type_.*",
        "basic_globals",
        "basic_globals_id",
        "compiler_globals",
        "executor_globals",
        "file_globals",
        "file_globals_id",
        "gc_collect_cycles",
        "output_globals",
        "php_plain_files_wrapper",
        "php_stream_stdio_ops",
        "output_globals_id",
        "module_registry",
        "sapi_module",
        "spl_ce_ArrayIterator",
        "spl_ce_ArrayObject",
        "spl_ce_BadMethodCallException",
        "spl_ce_InvalidArgumentException",
        "std_object_handlers",
        "zend_autoload",
        "zend_ce_argument_count_error",
        "zend_ce_countable",
        "zend_ce_error",
        "zend_ce_exception",
        "zend_ce_generator",
        "zend_ce_iterator",
        "zend_ce_type_error",
        "zend_empty_array",
        "zend_error_cb",
        "zend_interrupt_function",
        "zend_signal_globals",
        "zend_signal_globals_offset",
        "zend_throw_exception_hook",
        "zend_ticks_function",
        "zend_string_init_interned",
    ];

    pub(super) fn configure() -> Result<()> {
        for name in ["PHP", "PHP_CONFIG", "PATH", "LIBCLANG_PATH"] {
            println!("cargo:rerun-if-env-changed={name}");
        }
        println!("cargo:rerun-if-changed={HEADER}");
        let config = find_config()?;
        let includes = ask(&config, "--includes")?;
        let headers = PathBuf::from(ask(&config, "--include-dir")?);
        let version = headers.join("main/php_version.h");
        ensure!(version.exists(), "{} is missing. {NO_PHP}", version.display());
        // A new patch release may change the engine's structures.
        println!("cargo:rerun-if-changed={}", version.display());

        let binary = env::var_os("PHP")
            .map_or(ask(&config, "--php-binary").map(PathBuf::from), |php| Ok(php.into()))?;
        let info =
            PHPInfo::get(&binary).with_context(|| format!("cannot run {}. {NO_PHP}", binary.display()))?;
        let api: ApiVersion = info.zend_version()?.try_into()?;
        ext_php_rs_build::emit_check_cfg();
        ext_php_rs_build::emit_php_cfg_flags(api);
        let zts = info.thread_safety()?;
        if zts {
            println!("cargo:rustc-cfg=php_zts");
        }
        if info.debug()? {
            println!("cargo:rustc-cfg=php_debug");
        }
        // It came with security releases of several versions.
        println!("cargo:rustc-check-cfg=cfg(php_delayed_oom)");
        let allocator = headers.join("Zend/zend_alloc.h");
        if std::fs::read_to_string(&allocator)?.contains("zend_handle_delayed_oom") {
            println!("cargo:rustc-cfg=php_delayed_oom");
        }
        generate(&includes, zts)
    }

    fn find_config() -> Result<PathBuf> {
        if let Some(path) = env::var_os("PHP_CONFIG").filter(|path| !path.is_empty()) {
            let path = PathBuf::from(path);
            ensure!(path.exists(), "PHP_CONFIG names {}, which does not exist. {NO_PHP}", path.display());
            return Ok(path);
        }
        let path = env::var_os("PATH").unwrap_or_default();
        env::split_paths(&path)
            .map(|folder| folder.join("php-config"))
            .find(|file| file.is_file())
            .with_context(|| format!("php-config is not on the PATH. {NO_PHP}"))
    }

    fn ask(config: &Path, option: &str) -> Result<String> {
        let output = Command::new(config)
            .arg(option)
            .output()
            .with_context(|| format!("cannot run {}. {NO_PHP}", config.display()))?;
        if !output.status.success() {
            bail!("{} {option} failed ({})", config.display(), output.status);
        }
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    fn generate(includes: &str, zts: bool) -> Result<()> {
        // bindgen panics when it cannot load libclang; the panic's text would hide what to do.
        let quiet = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        let version = std::panic::catch_unwind(bindgen::clang_version);
        std::panic::set_hook(quiet);
        ensure!(version.is_ok(), "{NO_CLANG}");

        let mut builder = bindgen::Builder::default()
            .header(HEADER)
            .clang_args(includes.split_whitespace())
            .blocklist_function("__.*")
            .layout_tests(false)
            .generate_comments(false)
            .derive_debug(false)
            .default_enum_style(bindgen::EnumVariation::Consts);
        if zts {
            builder = builder.clang_arg("-DZTS=1");
        }
        for name in TYPES {
            builder = builder.allowlist_type(name);
        }
        for name in FUNCTIONS {
            builder = builder.allowlist_function(name);
        }
        for name in VARIABLES {
            builder = builder.allowlist_var(name);
        }
        let file = PathBuf::from(env::var("OUT_DIR")?).join("engine.rs");
        let declarations = builder.generate().context("cannot read PHP's headers")?.to_string();
        println!("cargo:rustc-check-cfg=cfg(php_buffered_reads)");
        if declarations.contains("has_buffered_data") {
            println!("cargo:rustc-cfg=php_buffered_reads");
        }
        println!("cargo:rustc-check-cfg=cfg(php_signals)");
        if declarations.contains("zend_signal_globals_t") {
            println!("cargo:rustc-cfg=php_signals");
        }
        std::fs::write(file, declarations)?;
        Ok(())
    }
}
