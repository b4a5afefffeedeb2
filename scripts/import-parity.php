<?php
// Makes php-tests/parity/NAME.phpt of NAME.php and NAME.out in a conformance corpus beside the checkout.
//
//   php -n scripts/import-parity.php [--corpus=DIR] [--prefix=PREFIX] [--all] [GLOB...]
//
// --corpus   the folder (default: ../shared/conformance)
// --prefix   goes before the names of the files
// --all      everything in the folder that departures.txt does not list
//
// A NAME.out is normalised: it has no log lines and stack frames, and %FILE% replaces files and lines. The test must
// match the real output of PHP. So only these become placeholders of EXPECTF, and an output without them becomes an
// exact EXPECT. Each script is run once with the built module. If the module writes to its log, the test gets a
// CAPTURE_STDIO without stderr, because run-tests.php cannot drop single lines.
declare(strict_types=1);

/** What is changed in a script, in pairs of what and into what, and why. */
const MENDED = [
    // Here processes wait for each other, not for a time.
    'process-close-constants' => [
        'use Swoole\Process;' . "\n",
        'use Swoole\Process;' . "\n[\$here, \$there] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);\n",
        'function (Process $p) {',
        'function (Process $p) use ($there) {',
        'echo "child read $s\n";',
        'echo "child read $s\n";' . "\n        fwrite(\$there, 'r');",
        'usleep(100000);',
        'fread($there, 1);',
        'usleep(150000);',
        'fread($here, 1);',
        'usleep(500000);',
        'fwrite($here, "g") && fread($here, 1);',
        'var_dump($p->write(\'still open the other way\'));',
        'var_dump($p->write(\'still open the other way\'));' . "\n    fwrite(\$there, 'w');",
    ],
    'pool-send-message' => [
        'usleep(100000);',
        "while (!str_contains(file_get_contents(\$GLOBALS['log']), 'got ping')) { usleep(1000); }",
        "usleep(200000);\n        \$p->sendMessage('pong', 0);",
        "while (!str_contains(file_get_contents(\$GLOBALS['log']), 'sendMessage')) { usleep(1000); }\n        \$p->sendMessage('pong', 0);",
    ],
    'signal-in-child' => [
        'function () { echo "child\'s handler\n"; }',
        'function () use (&$handled) { echo "child\'s handler\n"; $handled = true; }',
        'Timer::after(200, fn () => print("child ends\n"));',
        'Timer::tick(10, function (int $id) use (&$handled) { $handled && Timer::clear($id) && print("child ends\n"); });',
    ],
    's3-siblings' => [
        '$one = new Swoole',
        '[$heard, $told] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);' . "\n\$one = new Swoole",
        'new Swoole\Process(function ($w) { while',
        'new Swoole\Process(function ($w) use ($told) { while',
        'echo "one got $d\n";',
        'echo "one got $d\n"; fwrite($told, $d);',
        'use ($one) {',
        'use ($one, $heard) {',
        'usleep(50000); $w->kill',
        'for ($all = 0; $all < 27; $all += strlen(fread($heard, 27))); $w->kill',
    ],
    // The gap is longer than a busy machine takes to kill somebody.
    's6-signals' => ['usleep($i * 300000)', 'usleep($i ** 3 * 300000)'],
    // Five turns of the loop come before the second timer.
    'timer-nested' => ['Timer::after(50, ', 'Timer::after(500, ', 'Timer::after(60, ', 'Timer::after(510, ', 'Timer::after(300, ', 'Timer::after(1000, '],
    'signal-system-registered' => ['waitSignal(SIGUSR1, 0.1)', 'waitSignal(SIGUSR1, 1)'],
    // Somebody else may have a port.
    'pool-socket-tcp' => [
        <<<'PHP'
        $s = stream_socket_server('tcp://127.0.0.1:0');
        $port = (int) explode(':', stream_socket_get_name($s, false))[1];
        fclose($s);

        PHP,
        '',
        'var_dump($pool->listen(\'127.0.0.1\', $port));',
        'for ($port = 20000 + getmypid() % 10000; !($listens = @$pool->listen(\'127.0.0.1\', $port)) && $port < 60000; $port++);' . "\nvar_dump(\$listens);",
    ],
    // The clock has to start before the timers, or a busy machine makes them seem early.
    'timer-after' => [
        "use Swoole\\{Event, Timer};\n",
        "use Swoole\\{Event, Timer};\n\$t = microtime(true);\n",
        "\$t = microtime(true);\nEvent::wait();",
        'Event::wait();',
    ],
];

/** Turns of the loop have to come between two of their timers: these become steps, which a busy machine cannot bring together. */
const STEPPED = [
    'event-cycle', 'event-peer-close', 'event-set', 'signal-and-pcntl', 'signal-basics', 'signal-ignore', 'signal-in-child', 'signal-interrupts',
    'signal-replace-remove',
];

const STEPS = <<<'PHP'

    /** A timer that waits for five turns of the loop after the one before, and for no time. */
    function step(int $ms, callable $do): void
    {
        static $steps = [];
        $steps[] = $do;
        count($steps) > 1 || Timer::tick(1, function (int $id) use (&$steps): void {
            static $turn = 0;
            if (++$turn % 5 === 0) {
                array_shift($steps)();
                $steps || Timer::clear($id);
            }
        });
    }

    PHP;

$top = dirname(__DIR__);
$corpus = "$top/../shared/conformance";
$prefix = '';
$all = false;
$globs = [];
foreach (array_slice($argv, 1) as $a) {
    if (preg_match('/^--(corpus|prefix)=(.+)$/', $a, $m)) {
        ${$m[1]} = $m[2];
    } elseif ($a === '--all') {
        $all = true;
    } elseif ($a[0] === '-') {
        stop("unknown option $a");
    } else {
        $globs[] = $a;
    }
}

function stop(string $why): never
{
    fwrite(STDERR, "import-parity: $why\n");
    exit(1);
}

/** The names in departures.txt: what they do today is no standard to keep. */
function departures(string $file): array
{
    preg_match_all('/^([^\s#]\S*)/m', file_get_contents($file), $m);
    return array_flip($m[1]);
}

/** The extensions that a script calls for; run-tests.php skips the test, with the reason, where one is missing. */
function extensions(string $script): array
{
    return array_keys(array_filter([
        'ctype' => '/\bctype_\w+\(/',
        'pcntl' => '/\bpcntl_\w+\(|\b(SIG[A-Z]{2,}\d?|PRIO_[A-Z]+)\b/',
        'posix' => '/\bposix_\w+\(/',
        'sockets' => '/\bsocket_(?!set_blocking|set_timeout|get_status)\w+\(|\b(AF|SO|SOL)_[A-Z]+\b/',
        'sysvmsg' => '/\bmsg_\w+\(/',
    ], fn (string $use): bool => preg_match($use, $script) === 1));
}

/** What NAME.out tells as an EXPECTF; null when nothing in it varies. */
function expectf(string $out): ?string
{
    // A percent sign that would start a placeholder; between %r and %r stands a regular expression.
    $text = preg_replace('/%(?!(?:FILE|DIR|TMP)%)(?=\w)/', '%r[%]%r', $out);
    // An exception tells "in FILE:LINE" before its trace, everything else "in FILE on line LINE".
    $text = preg_replace('/ in %FILE%(?=\nStack trace:\n)/', ' in %s:%d', $text, -1, $thrown);
    $text = str_replace(' in %FILE%', ' in %s on line %d', $text, $warned);
    $text = str_replace(['%DIR%', '%TMP%'], '%s', $text, $folders);
    $text = preg_replace('/^Stack trace:\n/m', "$0%A\n", $text, -1, $traces);
    $text = preg_replace('/^  \[Coroutine-\d+\]\n -+\n/m', "$0%A", $text, -1, $asleep);
    // PHP 8.4 tells where a closure was made, in its name and when it is dumped.
    $text = str_replace('{closure}', '{closure%S}', $text, $names);
    $text = preg_replace('/^( *object\(Closure\)#\S+ )\(\d+\) \{\n(?= *\["parameter"\])/m', "$1(%d) {\n%A", $text, -1, $dumps);
    return $thrown + $warned + $folders + $traces + $asleep + $names + $dumps ? $text : null;
}

/** Runs the script and tells whether the module wrote a line to its log, which goes to stderr. */
function logs(string $file): bool
{
    $module = dirname(__DIR__) . '/target/release/swoole_process.so';
    $tmp = sys_get_temp_dir() . '/import-parity-' . getmypid();
    $command = ['timeout', '30', dirname(__DIR__) . '/scripts/php', '-d', 'display_errors=1', $file];
    $streams = [['file', '/dev/null', 'r'], ['file', '/dev/null', 'w'], ['file', $tmp, 'w']];
    is_file($module) || stop('build the module first: whether it logs is seen by running it');
    proc_close(proc_open($command, $streams, $pipes));
    $stderr = file_get_contents($tmp);
    unlink($tmp);
    return preg_match('/^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]* [^\]\n]{1,30}\]\t[A-Z]+\t/m', $stderr) === 1;
}

function test_text(string $file): string
{
    $script = file_get_contents($file);
    foreach (array_chunk(MENDED[basename($file, '.php')] ?? [], 2) as [$what, $into]) {
        substr_count($script, $what) === 1 || stop("$file: MENDED does not fit it any more");
        $script = str_replace($what, $into, $script);
    }
    if (in_array(basename($file, '.php'), STEPPED, true)) {
        $script = preg_replace('/^use .+\n\K/m', STEPS . "\n", str_replace('Timer::after(', 'step(', $script, $timers), 1, $uses);
        $timers > 1 && $uses || stop("$file: STEPPED does not fit it any more");
    }
    $out = file_get_contents(substr($file, 0, -4) . '.out');
    $out = preg_replace('/^exit: \S+\n\z/m', '', $out, -1, $closed);
    $closed || stop("$file: its .out does not end with an exit status");
    preg_match('/^--[_A-Z]+--/m', $script . "\n" . $out) && stop("$file: a line looks like a section of a phpt");
    preg_match('~^// (?:Pins: )?(.+)$~m', $script, $title) || stop("$file: no comment tells what it pins");

    $needs = extensions($script);
    $expectf = expectf($out);
    return "--TEST--\n{$title[1]}\n"
        . ($needs ? "--EXTENSIONS--\n" . implode("\n", $needs) . "\n" : '')
        // It is deprecated since 8.4, and still does what it did.
        . (str_contains($script, 'E_USER_ERROR') ? "--INI--\nerror_reporting=E_ALL & ~E_DEPRECATED\n" : '')
        // A type that is declared and not kept (src/zend/signature.rs).
        . (preg_match('/\?callable \$|Pool::on\(string \$name, callable/', $out) ? "--SKIPIF--\n<?php PHP_DEBUG && print('skip a debug build of PHP shows no type that Swoole declares and does not keep');\n" : '')
        . (logs($file) ? "--CAPTURE_STDIO--\nSTDIN STDOUT\n" : '')
        // What measures time needs the machine for itself.
        . (preg_match('/\b(micro|hr)time\(/', $script) ? "--CONFLICTS--\nall\n" : '')
        . "--FILE--\n" . rtrim($script) . "\n"
        . ($expectf === null ? "--EXPECT--\n$out" : "--EXPECTF--\n$expectf");
}

$departures = departures("$top/php-tests/parity/departures.txt");
$listed_as = basename($corpus) === 'seeds' ? 'seeds/' : '';
$files = [];
foreach ($all ? ['*'] : $globs as $glob) {
    $found = glob("$corpus/$glob.php") or stop("no script is called $glob");
    array_push($files, ...$found);
}
$files or stop('name the scripts, or use --all');

foreach (array_unique($files) as $file) {
    $name = basename($file, '.php');
    if (isset($departures[$listed_as . $name])) {
        $all || strpbrk(implode($globs), '*?[') ? print "left out, see departures.txt: $name\n"
            : stop("$name is listed in departures.txt");
        continue;
    }
    is_file(substr($file, 0, -4) . '.out') || stop("$name has no recorded output");
    file_put_contents("$top/php-tests/parity/$prefix$name.phpt", test_text($file));
    echo "made php-tests/parity/$prefix$name.phpt\n";
}
