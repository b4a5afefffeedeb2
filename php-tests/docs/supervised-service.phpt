--TEST--
the steps of docs/supervised-service.md work, one after the other
--EXTENSIONS--
pcntl
posix
--SKIPIF--
<?php PHP_DEBUG && exit('skip the output of workers cannot be redirected on a debug build'); ?>
--FILE--
<?php
require __DIR__ . '/examples.inc';
check_examples('docs/supervised-service.md');
$folder = sys_get_temp_dir() . '/service-' . getmypid();
mkdir($folder);
chdir($folder);
// The commands are those of the page: their programs are this PHP, and bin/pool.
$php = implode(' ', array_map(escapeshellarg(...), php_command()));
mkdir('programs');
file_put_contents('programs/php', "#!/bin/sh\nexec $php \"\$@\"\n");
file_put_contents('programs/pool', "#!/bin/sh\nexec $php " . escapeshellarg(realpath(TOP . '/bin/pool')) . " \"\$@\"\n");
array_map(fn ($file) => chmod($file, 0700), glob('programs/*'));
putenv("PATH=$folder/programs:" . getenv('PATH'));
putenv("XDG_RUNTIME_DIR=$folder");
/** Waits for a line of the log. */
$hear = function (string $wanted): void {
    for ($i = 0; !str_contains((string) @file_get_contents('jobs.log'), $wanted); $i++) {
        usleep(10000);
        $i < 6000 || exit("'$wanted' has not come\n");
    }
};
foreach (blocks(file_get_contents(TOP . '/docs/supervised-service.md')) as $block) {
    if (preg_match('~^(?:<\?php\n// |; )([\w.]+)\n~', $block['code'], $name)) {
        file_put_contents($name[1], $block['code']);
    }
    if ($block['language'] !== 'sh') {
        continue;
    }
    foreach (explode("\n", rtrim($block['code'])) as $line) {
        echo "$ $line\n";
        if (str_ends_with($line, '&')) {
            // A test that is killed leaves no pool behind.
            $pool = Swoole\Process::command(['sh', '-c', 'exec ' . substr($line, 0, -1)], ['stdin' => 'null', 'stdout' => 'null', 'stderr' => 'null', 'death_signal' => SIGKILL]);
            $hear('is ready');
            // It has done what was left.
            for (; glob('todo/*') !== []; usleep(10000));
            continue;
        }
        exec("$line 2>errors", $output, $status);
        $text = implode("\n", $output) . "\n";
        [$output, $lines] = [[], explode("\n", $text)];
        echo $status === 0 ? '' : "ends with $status\n" . file_get_contents('errors');
        if (str_contains($line, 'status')) {
            echo preg_replace(['/\d+m?s/', '/\(\d+\)/'], ['T', '(N)'], $lines[0]), "\n", count($lines) - 3, " workers\n";
        } elseif ($block['output'] !== null && !str_contains($line, 'mkdir') && !str_contains($line, 'poison')) {
            echo $text === $block['output'] ? "as it stands there\n" : $text;
        } elseif (trim($text) !== '') {
            $lines = explode("\n", trim($text));
            sort($lines);
            echo implode("\n", $lines), "\n";
        }
        str_contains($line, 'poison') && $hear('exited with code 3');
    }
}
echo implode(' ', array_map(basename(...), glob('done/*'))), "\n";
exec('rm -rf ' . escapeshellarg($folder));
?>
--EXPECT--
all are right
$ mkdir todo taken done && touch todo/a todo/b todo/c
$ php once.php
as it stands there
$ pool run --config=jobs.ini &
$ pool status --config=jobs.ini
pool jobs (N) is running since T, 0 restarts
3 workers
$ touch todo/poison
$ pool reload --config=jobs.ini
$ pool scale 5 --config=jobs.ini
$ pool stop --config=jobs.ini
$ pool run --workers=2 --name=ticks --output=prefix --restart=once -- sh -c 'echo tick'
ticks-0 | tick
ticks-1 | tick
a b c
