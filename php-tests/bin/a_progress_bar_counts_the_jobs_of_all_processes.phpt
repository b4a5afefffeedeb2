--TEST--
the progress bar counts the jobs of all processes, draws on a terminal and tells elsewhere; a killed process, an exception and a fork leave it whole
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';
file_put_contents('batch.php', '<?php require ' . var_export(dirname(__DIR__, 2) . '/lib/swoole-process/autoload.php', true) . ';' . <<<'PHP'
use Swoole\{Atomic, Coroutine, Process};
use SwooleProcess\Pool\ProgressBar;

$batches = [
    'processes' => function () {
        $bar = new ProgressBar(60, 'mails');
        $next = new Atomic();
        for ($worker = 0; $worker < 3; $worker++) {
            (new Process(function () use ($bar, $next, $worker) {
                while (($job = $next->add()) <= 60) {
                    usleep(5000);
                    $job % 20 ? $bar->advance() : $bar->fail();
                    $bar->draw();
                }
                // What a child has of it must not end the line.
                $worker > 0 || posix_kill(getmypid(), SIGKILL);
            }))->start();
        }
        while (Process::wait());
        $bar->say("a word about {$bar->done()} and {$bar->failures()}");
        $bar->finish();
        $bar->finish();
        $bar->draw();
    },
    'coroutines' => function () {
        $bar = new ProgressBar(30);
        Coroutine\run(fn () => Coroutine\map(range(1, 30), function () use ($bar) {
            Coroutine::sleep(0.001);
            $bar->advance();
            $bar->draw();
        }));
        $bar->finish();
    },
    'unknown' => function () {
        foreach (ProgressBar::over((fn () => yield from [1, 2, 3])(), 'files') as $number) {
            echo $number, "\n";
        }
    },
    'exception' => function () {
        try {
            foreach (ProgressBar::over(['a', 'b', 'c']) as $key => $text) {
                $key < 2 || throw new Exception("at $text");
            }
        } catch (Exception $e) {
            unset($text);
            echo $e->getMessage(), "\n";
        }
    },
    'nothing' => fn () => iterator_to_array(ProgressBar::over([])),
];
$batches[$argv[1]]();
PHP);

/** Without rates, times, and the length of the bar. */
function told(string $text): string
{
    return preg_replace(['~, \d+(\.\d+)?/(s|min)\b~', '/\d+:\d\d/', '/\[=+\]/', '/\[=*> *\]/'], ['', 'T', '[full]', '[bar]'], $text);
}

/** What a terminal of 80 columns shows in the end. A line that is drawn again must cover the whole one before. */
function shown(string $bytes): string
{
    [$lines, $column] = [[''], 0];
    preg_match_all('/\e\[[?\d]*[a-zA-Z]|./s', $bytes, $found);
    foreach ($found[0] as $piece) {
        $last = array_key_last($lines);
        match ($piece) {
            "\e[?7l", "\e[?7h" => null,
            "\e[K" => $lines[$last] = substr($lines[$last], 0, $column),
            "\r" => $column = 0,
            "\n" => $lines[] = '',
            default => $column < 80 ? $lines[$last] = substr_replace($lines[$last], $piece, $column++, 1) : exit('too long'),
        };
    }
    return implode("\n", $lines);
}

/** What a batch writes to standard error and output. A new terminal does not know its size: 80 columns. */
$run = function (string $batch, array $stderr, array $environment): array {
    $process = proc_open([...php_command(), 'batch.php', $batch], [1 => ['pipe', 'w'], 2 => $stderr], $pipes, getcwd(), $environment + getenv());
    for ($text = ''; is_string($piece = @fread($pipes[2], 8192)) && $piece !== ''; $text .= $piece);
    $output = stream_get_contents($pipes[1]);
    proc_close($process);
    return [$text, $output];
};
foreach (['processes', 'coroutines', 'unknown', 'exception', 'nothing'] as $batch) {
    [$text, $output] = $run($batch, ['pipe', 'w'], []);
    // There is a line after ten seconds as well, if the machine is slow.
    echo "$batch: ", str_replace("\n", ' ', $output), "\n", told(preg_replace('/^.* left\n/m', '', $text));
    [$text] = $run($batch, ['pty'], ['TERM' => 'xterm']);
    echo told(shown($text)), json_encode(str_ends_with($text, "\e[?7h\r\n")), "\n";
    if ($batch === 'processes') {
        preg_match_all('~ (\d+)/60~', $text, $counts);
        echo 'drawn often: ', json_encode(count($counts[1]) > 5), ', "left" is told: ', json_encode(str_contains($text, ' left')), "\n";
    }
}
echo "a terminal that cannot move the cursor\n", told($run('nothing', ['pty'], ['TERM' => 'dumb'])[0]);
?>
--EXPECT--
processes: 
a word about 60 and 3
mails 100% 60/60, 3 failed, in T
a word about 60 and 3
mails 100% [full] 60/60, 3 failed, in T
true
drawn often: true, "left" is told: true
coroutines: 
100% 30/30, in T
100% [full] 30/30, in T
true
unknown: 1 2 3 
files 3 done, in T
files 3 done, in T
true
exception: at c 
66% 2/3, in T
 66% [bar] 2/3, in T
true
nothing: 
100% 0/0, in T
100% [full] 0/0, in T
true
a terminal that cannot move the cursor
100% 0/0, in T
