--TEST--
stdin, stdout, stderr: pipe, null, inherit, a file with its mode, a stream, the other output; lines with a time limit; the stream itself
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$file = tempnam(sys_get_temp_dir(), 'out');
function speaker(array $options): Process
{
    $p = new Process(function (Process $p) {
        echo "to stdout\n";
        fwrite(STDERR, "to stderr\n");
        echo 'read: ', json_encode(stream_get_contents(STDIN)), "\nno end";
    });
    $p->set($options);
    $p->start();
    return $p;
}
echo "two pipes\n";
$p = speaker(['stdin' => 'pipe', 'stdout' => 'pipe', 'stderr' => 'pipe']);
var_dump($p->readLine(), $p->readLine(2), $p->readLine(1, 0), $p->readLine(1, 0.01), swoole_last_error());
fwrite($p->stdio(0), 'some text');
var_dump($p->stdio(0) === $p->stdio(0));
fclose($p->stdio(0));
var_dump($p->readLine(1), $p->readLine(1, 60), $p->readLine(1), $p->readLine(2), $p->readLine(2), ending($p->join()));

echo "one pipe for both\n";
$p = speaker(['stdin' => 'null', 'stdout' => 'pipe', 'stderr' => 'stdout']);
echo stream_get_contents($p->stdio(1)), "\n";
$p->join();

echo "files\n";
speaker(['stdin' => 'null', 'stdout' => $file, 'stderr' => 'null'])->join();
speaker(['stdin' => 'null', 'stdout' => 'null', 'stderr' => ['file', $file, 'a']])->join();
echo file_get_contents($file), "\n";
speaker(['stdin' => $file, 'stdout' => ['file', "$file.2", 'w'], 'stderr' => 'stdout'])->join();
echo file_get_contents("$file.2"), "\n";

echo "streams, and the program's own\n";
$stream = fopen($file, 'w+');
speaker(['stdin' => 'null', 'stdout' => $stream, 'stderr' => $stream])->join();
rewind($stream);
echo stream_get_contents($stream), "\n";
$p = Process::command(['sh', '-c', 'echo to stdout; cat'], ['stdin' => fopen($file, 'r'), 'stdout' => 'inherit']);
$p->join();
echo "\n";

echo "other descriptors\n";
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$hidden = fopen($file, 'r');
$p = Process::command(['sh', '-c', 'echo to seven >&7; echo to four >&4; ls /proc/self/fd | wc -l'], ['descriptors' => [7 => $b, 4 => $b], 'stdout' => 'pipe']);
// ls has one of its own, for the folder.
echo trim($p->readLine()), ' ', ending($p->join()), "\n";
fclose($b);
echo stream_get_contents($a);

echo "refused\n";
$p = speaker(['stdin' => 'null', 'stdout' => 'pipe', 'stderr' => 'null']);
var_dump($p->readLine(0), $p->readLine(2), $p->readLine(3), $p->stdio(2), $p->stdio(-1), $p->readLine() !== false);
until_ended($p->pid);
var_dump($p->readLine(), $p->stdio(1), $p->readLine(), $p->readLine());
fclose($p->stdio(1));
var_dump($p->readLine());
$p->join();
$p = Process::command(['printf', 'a\nb\n'], ['stdout' => 'pipe']);
var_dump($p->readLine());
$p->join();
array_map('unlink', [$file, "$file.2"]);
?>
--EXPECTF--
two pipes
string(10) "to stdout
"
string(10) "to stderr
"
bool(false)
bool(false)
int(110)
bool(true)
string(18) "read: "some text"
"
string(6) "no end"
string(0) ""
string(0) ""
string(0) ""
string(6) "code 0"
one pipe for both
to stdout
to stderr
read: ""
no end
files
to stdout
read: ""
no endto stderr

to stdout
to stderr
read: "to stdout\nread: \"\"\nno endto stderr\n"
no end
streams, and the program's own
to stdout
to stderr
read: ""
no end
to stdout
to stdout
to stderr
read: ""
no end
other descriptors
6 code 0
to seven
to four
refused

Warning: Swoole\Process::readLine(): the standard input of the process is for writing: use stdio(0) in %s on line %d

Warning: Swoole\Process::readLine(): the standard descriptor 2 of the process is not a pipe: start it with the option stderr in %s on line %d

Warning: Swoole\Process::readLine(): 3 is not the number of a standard descriptor in %s on line %d

Warning: Swoole\Process::stdio(): the standard descriptor 2 of the process is not a pipe: start it with the option stderr in %s on line %d

Warning: Swoole\Process::stdio(): -1 is not the number of a standard descriptor in %s on line %d
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)
bool(true)

Warning: Swoole\Process::stdio(): readLine() has read ahead, and the stream would lack that data: continue with readLine() in %s on line %d
string(9) "read: ""
"
bool(false)
string(6) "no end"
string(0) ""

Warning: Swoole\Process::readLine(): stdio() has returned the stream of this descriptor: read from that stream in %s on line %d
bool(false)
string(2) "a
"
