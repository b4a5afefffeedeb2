--TEST--
scripts/install puts a module without debug information, that information and an ini file into their places, and the program pool, and takes them away
--SKIPIF--
<?php
exec('command -v objcopy', $found, $status);
if ($status !== 0) {
    die('skip without binutils the module is installed as it was built');
}
$config = getenv('PHP_CONFIG') ?: 'php-config';
$php = getenv('TEST_PHP_EXECUTABLE') ?: PHP_BINARY;
$folders = shell_exec(escapeshellarg($config) . ' --ini-dir; ' . escapeshellarg($php) . ' --ini');
if (!preg_match('~^/|additional .ini files in: /~m', $folders)) {
    die('skip this PHP scans no folder for ini files');
}
?>
--FILE--
<?php
$root = sys_get_temp_dir() . '/installed-' . getmypid();
mkdir($root);
putenv("DESTDIR=$root");
// The names of the files that were installed, with their paths.
$files = function () use ($root): array {
    $walk = new RecursiveIteratorIterator(new RecursiveDirectoryIterator($root, FilesystemIterator::SKIP_DOTS));
    $found = [];
    foreach ($walk as $file) {
        $found[$file->getFilename()] = $file->getPathname();
    }
    ksort($found);
    return $found;
};
$install = function (string ...$options): void {
    $words = [dirname(__DIR__, 2) . '/scripts/install', ...$options];
    exec(implode(' ', array_map(escapeshellarg(...), $words)) . ' 2>&1', $lines, $status);
    echo $status === 0 ? '' : implode("\n", $lines) . "\nstatus $status\n";
};
for ($n = 0; $n < 2; $n++) {
    $install();
    $found = $files();
    echo implode(' ', array_keys(array_filter($found, fn (string $path): bool => !str_contains($path, '/lib/swoole-process/')))), "\n";
}
$sections = fn (string $name): string => shell_exec('objdump -h ' . escapeshellarg($found[$name]));
var_dump(str_contains($sections('swoole_process.so'), ' .gnu_debuglink '), str_contains($sections('swoole_process.so'), ' .debug_'));
// A quick build has symbols alone.
$symbols = fn (string $name): string => (string) shell_exec('nm ' . escapeshellarg($found[$name]) . ' 2>/dev/null');
var_dump($symbols('swoole_process.so') === '', str_contains($symbols('swoole_process.so.debug'), ' get_module'));
echo file_get_contents($found['swoole_process.ini']);
$php = getenv('TEST_PHP_EXECUTABLE') ?: PHP_BINARY;
exec(escapeshellarg($php) . ' -n -d ' . escapeshellarg("extension={$found['swoole_process.so']}") . ' -m', $modules);
var_dump(in_array('swoole_process', $modules, true));
// The program finds its classes; without pcntl or posix it tells so.
$pool = function (string $path) use ($php, $found): string {
    exec(escapeshellarg($php) . ' -n -d ' . escapeshellarg("extension={$found['swoole_process.so']}") . ' ' . escapeshellarg($path) . ' --version 2>&1', $lines);
    return preg_grep('/^pool( \d|: PHP lacks)/', $lines) ? "it runs\n" : implode("\n", $lines);
};
echo $found['pool'] === "$root/usr/local/bin/pool" && is_executable($found['pool']) ? 'executable, ' : '', $pool($found['pool']);
$install('--remove');
var_dump($files());
// A program of this name that is not ours stays.
file_put_contents("$root/usr/local/bin/pool", 'another');
$install();
$found = $files();
echo $pool("$root/usr/local/lib/swoole-process/bin/pool");
$install('--remove');
echo implode(' ', array_map(fn (string $path): string => file_get_contents($path), $files())), "\n";
exec('rm -r ' . escapeshellarg($root));
?>
--EXPECT--
pool swoole_process.ini swoole_process.so swoole_process.so.debug
pool swoole_process.ini swoole_process.so swoole_process.so.debug
bool(true)
bool(false)
bool(true)
bool(true)
extension=swoole_process
bool(true)
executable, it runs
array(0) {
}
it runs
another
