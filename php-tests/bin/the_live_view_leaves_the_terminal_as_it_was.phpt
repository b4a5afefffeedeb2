--TEST--
bin/pool status on a terminal: a live view within its size, without control characters of workers; q, Ctrl-C and the end of the pool leave the terminal as it was
--EXTENSIONS--
posix
pcntl
--SKIPIF--
<?php
exec('setsid --help 2>&1', $lines);
str_contains(implode($lines), '--ctty') || die('skip the program setsid of util-linux is needed');
?>
--FILE--
<?php
require __DIR__ . '/support.inc';
file_put_contents('worker.php', <<<'PHP'
<?php
return function (Swoole\Process\Pool $pool, int $worker) {
    // Wide characters, a mark over a letter, what terminals obey, and bytes that are no UTF-8; cut in a character.
    $pool->progress(['日本語のメールを書いています、長いので終わりは見えません', "e\u{301}crit", "\e[31mred\u{9b}31m\u{202e}", "a\xff\xfeb", '1' . str_repeat('é', 200), ''][$worker]);
    return false;
};
PHP);
$pool = pool('run', '-n6', '--socket=a.sock', '--name=a', '--idle=1h', 'worker.php');
$pool->hear('is ready');
$progress = fn () => array_column(status('a.sock')['workers'], 'progress');
until(fn () => count(array_filter($progress())) === 5);
// What is longer than 200 bytes was cut between two characters.
echo strlen($progress()[4]), "\n";
$command = implode(' ', array_map(escapeshellarg(...), [...php_command(), __DIR__ . '/../../bin/pool', 'status', '--socket=a.sock']));
// A shell at a terminal of its own.
$script = "trap : INT; tty; stty cols 300 rows 24; stty -g; $command; echo \"status \$?\"; stty -g";

/** The lines of the last view. */
function lines(string $text): array
{
    preg_match_all('/\e\[H([^\x08]*?)\e\[J/', $text, $views);
    return preg_replace('/\e\[K\r*$/', '', explode("\n", end($views[1])));
}

foreach (['q' => 'q', 'Ctrl-C' => "\x03", 'the end of the pool' => null] as $title => $key) {
    $process = proc_open(['setsid', '--ctty', '--wait', 'sh', '-c', $script], [['pty'], ['pty'], ['pty']], $pipes, getcwd(), ['TERM' => 'xterm'] + getenv());
    $text = '';
    $read = function (string $pattern) use ($pipes, &$text): void {
        while (preg_match($pattern, $text) !== 1) {
            $piece = @fread($pipes[1], 8192);
            is_string($piece) && $piece !== '' || exit("$pattern has not come, but:\n" . json_encode($text));
            $text .= $piece;
        }
    };
    $read('/\e\[J/');
    if ($title === 'q') {
        echo preg_replace(['/\(\d+\)/', '/ \d+ +\d+s /', '/\d+\.?\d*M/', '/since \d+s/', '/ +/'], ['(N)', ' N T ', 'M', 'since T', ' '], implode("\n", lines($text))), "\n";
        // The window becomes smaller.
        exec('stty cols 72 rows 6 -F ' . escapeshellarg(strtok($text, "\r")));
        $read('/not shown.*\e\[J/s');
        $lines = lines($text);
        echo count($lines), ' ', end($lines), "\n";
        // The first worker's text is cut at the edge. A wide character takes two columns.
        echo json_encode([strlen(preg_replace('/[^ -~]/u', '==', $lines[2])) > 70, max(array_map(fn ($line) => strlen(preg_replace('/[^ -~]/u', '==', $line)), $lines)) <= 72]), "\n";
    }
    $key === null ? pool('stop', '--socket=a.sock')->end() : fwrite($pipes[0], $key);
    while (is_string($piece = @fread($pipes[1], 8192)) && $piece !== '') {
        $text .= $piece;
    }
    proc_close($process);
    $lines = explode("\r\n", rtrim($text));
    [$before, $after] = [$lines[1], end($lines)];
    preg_match('/\e\[\?7h\e\[\?25h\e\[\?1049l(.*)\n[^\n]+$/s', $text, $end);
    echo "$title: ", json_encode($before === $after), ' ', json_encode(substr_count($text, "\e[?1049h")), ' ', preg_match('/status \d+/', $end[1] ?? '', $status) ? $status[0] : 'not left', "\n";
}
echo $pool->end()[0], "\n";
?>
--EXPECT--
199
pool a (N) is running since T, 0 restarts
WORKER STATE PID AGE RESTARTS MEMORY JOBS DOING
a-0 running N T 0 M 0 日本語のメールを書いています、長いので終わりは見えません
a-1 running N T 0 M 0 écrit
a-2 running N T 0 M 0 [31mred?31m?
a-3 running N T 0 M 0 a��b
a-4 running N T 0 M 0 1ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé
a-5 running N T 0 M 0
6 3 more are not shown. All: 6 running
[true,true]
q: true 1 status 0
Ctrl-C: true 1 status 0
the end of the pool: true 1 status 69
0
