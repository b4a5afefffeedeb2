<?php
// An echo server on a Unix socket, in one process with an event loop. Its clients are its own children.
//
//   php -d extension=swoole_process.so examples/echo_server.php
//
// Three clients send lines. One sends two megabytes at once, more than a socket's buffer holds: Event::write() sends the
// rest when there is room. The program exits by itself, in less than a second.

use Swoole\{Event, Process};

$path = sys_get_temp_dir() . '/echo_server.' . getmypid() . '.sock';
$listener = stream_socket_server("unix://$path", $errno, $error) ?: exit("$error\n");
stream_set_blocking($listener, false);

$echo = function ($connection) {
    $data = fread($connection, 65536);
    if ($data === '' || $data === false) {
        // Data that still waits is sent all the same.
        Event::del($connection);
        fclose($connection);
        return;
    }
    if (!Event::write($connection, $data)) {
        echo "a client does not read what it asked for\n";
        Event::del($connection);
        fclose($connection);
    }
};
$connections = 0;
Event::add($listener, function ($listener) use ($echo, &$connections) {
    // One event may stand for several clients.
    while ($connection = @stream_socket_accept($listener, 0)) {
        $connections++;
        stream_set_blocking($connection, false);
        Event::add($connection, $echo);
    }
});

/** Sends $text, reads as many bytes, and returns whether they are the same. */
function client(string $path, string $text): string
{
    $connection = stream_socket_client("unix://$path");
    stream_set_blocking($connection, false);
    $answer = '';
    for ($sent = 0; strlen($answer) < strlen($text);) {
        [$read, $write, $except] = [[$connection], $sent < strlen($text) ? [$connection] : [], []];
        stream_select($read, $write, $except, 5);
        if ($write) {
            $sent += (int) fwrite($connection, substr($text, $sent, 65536));
        }
        if ($read) {
            $part = fread($connection, 65536);
            if ($part === '' && feof($connection)) {
                break;
            }
            $answer .= $part;
        }
    }
    return $answer === $text ? strlen($text) . ' bytes came back unchanged' : 'something else came back';
}

$texts = ["hello\n", str_repeat("many lines\n", 100), "bye\n", random_bytes(2 << 20)];
$left = count($texts);
$results = [];
Process::signal(SIGCHLD, function () use (&$left, $listener, $path) {
    while (Process::wait(false)) {
        if (--$left === 0) {
            Event::del($listener);
            fclose($listener);
            unlink($path);
        }
    }
});
foreach ($texts as $number => $text) {
    $p = new Process(function (Process $p) use ($path, $text) {
        $p->write(client($path, $text));
    });
    $p->start();
    Event::add($p, function (Process $p) use ($number, &$results) {
        $results[$number] = $p->read();
        Event::del($p);
    });
}
Event::wait();
ksort($results);
foreach ($results as $number => $result) {
    echo 'client ', $number + 1, ": $result\n";
}
echo "$connections connections were served\n";
