<?php
// Another program as a child: read() returns its output, write() writes to its input.
//
//   scripts/php examples/redirect_exec.php    from the checkout
//   php examples/redirect_exec.php            where the extension is installed
//
// The second argument of the constructor makes the pipe the child's standard input, output and error.
// exec() then replaces the child by the program; no shell is involved, so arguments need no quotes.

use Swoole\Process;

/** Everything that a child prints until it exits. */
function output(Process $child): string
{
    for ($text = ''; ($part = $child->read()) !== '' && $part !== false; $text .= $part);
    return $text;
}

// A filter: write its input, close the input, read the answer.
$sort = new Process(fn (Process $child) => $child->exec('/usr/bin/sort', ['-r']), true);
$sort->start();
$sort->write("apples\ncherries\nbananas\n");
$sort->close(Process::PIPE_WRITE);
echo "sorted:\n", output($sort);
echo 'status ', Process::wait()['code'], "\n\n";

// Output and errors come through the same pipe. The exit status says whether the program succeeded.
$ls = new Process(fn (Process $child) => $child->exec('/bin/ls', ['/no/such/folder']), true);
$ls->start();
echo 'ls said: ', output($ls);
echo 'status ', Process::wait()['code'], "\n\n";

// A program that does not exist: exec() returns false, and the child is still PHP.
$missing = new Process(function (Process $child) {
    if (!@$child->exec('/no/such/program', [])) {
        echo 'exec() failed: ', swoole_strerror(swoole_errno()), "\n";
        exit(127);
    }
}, true);
$missing->start();
echo output($missing);
echo 'status ', Process::wait()['code'], "\n";
