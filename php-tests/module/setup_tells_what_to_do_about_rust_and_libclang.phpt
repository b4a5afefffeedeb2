--TEST--
scripts/setup says in one line that Rust is missing or too old, or that LIBCLANG_PATH is wrong, and what to do
--FILE--
<?php
$folder = sys_get_temp_dir() . '/tools-' . getmypid();
mkdir($folder);
$tool = function (string $name, string $body) use ($folder): void {
    file_put_contents("$folder/$name", "#!/bin/sh\n$body\n");
    chmod("$folder/$name", 0755);
};
// Only these, and what every system has: no compiler of this machine is found.
$run = function (array $environment = []) use ($folder): void {
    $command = ['env', '-i', "PATH=$folder:/usr/bin:/bin", "HOME=$folder", ...$environment, dirname(__DIR__, 2) . '/scripts/setup'];
    exec(implode(' ', array_map(escapeshellarg(...), $command)) . ' 2>&1', $lines, $status);
    echo implode("\n", $lines), "\nstatus $status\n";
};
$cargo = fn () => $tool('cargo', 'exit 0');
if (!is_executable('/usr/bin/cargo')) {
    $tool('apt-cache', 'exit 0');
    $run();
    $tool('apt-cache', 'echo "  Candidate: 1.85.0+dfsg3-1"');
    $run();
    $tool('apt-cache', 'echo "  Candidate: 1.96.0+dfsg3-1"');
    $run();
} else {
    foreach (['', '', 'run "apt-get install cargo-web", or '] as $packaged) {
        echo 'setup: Rust 1.88 or newer is missing: ', $packaged, "get it with rustup (https://rustup.rs), or use a prebuilt module (docs/install.md)\nstatus 1\n";
    }
}
$tool('apt-cache', 'exit 0');
$cargo();
$tool('rustc', 'exit 1');
$run();
foreach (['1.63.0 (4b91a6ea7 2022-08-08)', '1.87.2-nightly (0000000 2025-05-05)', '0.99'] as $version) {
    $tool('rustc', "echo 'rustc $version'");
    $run();
}
$tool('rustup', 'exit 0');
$run();
$tool('rustc', "echo 'rustc 1.88.0'");
$run(['LIBCLANG_PATH=/nowhere']);
$tool('rustc', "echo 'rustc 2.0'");
$run(["LIBCLANG_PATH=$folder"]);
touch("$folder/libclang-cpp.so.14");
$run(["LIBCLANG_PATH=$folder"]);
exec('rm -r ' . escapeshellarg($folder));
?>
--EXPECTF--
setup: Rust 1.88 or newer is missing: get it with rustup (https://rustup.rs), or use a prebuilt module (docs/install.md)
status 1
setup: Rust 1.88 or newer is missing: get it with rustup (https://rustup.rs), or use a prebuilt module (docs/install.md)
status 1
setup: Rust 1.88 or newer is missing: run "apt-get install cargo-web", or get it with rustup (https://rustup.rs), or use a prebuilt module (docs/install.md)
status 1
setup: cargo is there, but "rustc --version" fails; Rust 1.88 or newer is needed: get it with rustup (https://rustup.rs), or use a prebuilt module (docs/install.md)
status 1
setup: Rust 1.63.0 is too old, 1.88 or newer is needed: get it with rustup (https://rustup.rs), or use a prebuilt module (docs/install.md)
status 1
setup: Rust 1.87.2-nightly is too old, 1.88 or newer is needed: get it with rustup (https://rustup.rs), or use a prebuilt module (docs/install.md)
status 1
setup: Rust 0.99 is too old, 1.88 or newer is needed: get it with rustup (https://rustup.rs), or use a prebuilt module (docs/install.md)
status 1
setup: Rust 0.99 is too old, 1.88 or newer is needed: run "rustup update stable", or use a prebuilt module (docs/install.md)
status 1
setup: LIBCLANG_PATH=/nowhere holds no libclang.so: correct it, or unset it to use the system's libclang
status 1
setup: LIBCLANG_PATH=%s/tools-%d holds no libclang.so: correct it, or unset it to use the system's libclang
status 1
setup: LIBCLANG_PATH=%s/tools-%d holds no libclang.so: correct it, or unset it to use the system's libclang
status 1
