--TEST--
replies of Redis: whatever their bytes are divided into, the same values come out, and garbage is refused
--FILE--
<?php
use Swoole\Process\RedisQueue\{ConnectionException, Reader, ServerError};

mt_srand(7);

function any(int $depth = 0): mixed
{
    return match (mt_rand(0, $depth < 4 ? 6 : 4)) {
        0 => null,
        1 => mt_rand(-5, 5) * mt_rand(0, PHP_INT_MAX >> 8),
        2 => str_repeat(['x', "\r\n", "\0", '$', '*3', '-'][mt_rand(0, 5)], mt_rand(0, 40)),
        3 => random_text(mt_rand(0, 200)),
        4 => new ServerError('ERR ' . mt_rand()),
        default => array_map(fn () => any($depth + 1), array_fill(0, mt_rand(0, 4), 0)),
    };
}

function random_text(int $length): string
{
    for ($text = ''; strlen($text) < $length; $text .= chr(mt_rand(0, 255)));
    return $text;
}

function encoded(mixed $value): string
{
    return match (true) {
        $value === null => mt_rand(0, 1) ? "$-1\r\n" : "*-1\r\n",
        is_int($value) => ":$value\r\n",
        is_string($value) => preg_match('/^[x*3-]*$/', $value) && mt_rand(0, 1) ? "+$value\r\n" : '$' . strlen($value) . "\r\n$value\r\n",
        is_array($value) => '*' . count($value) . "\r\n" . implode(array_map(encoded(...), $value)),
        default => "-$value->text\r\n",
    };
}

/** All that comes out of parts. */
function read(array $parts): array
{
    $reader = new Reader();
    $values = [];
    foreach ($parts as $part) {
        $reader->feed($part);
        while ($reader->next($value)) {
            $values[] = $value;
        }
    }
    return $values;
}

$wrong = 0;
for ($round = 0; $round < 300; $round++) {
    $values = array_map(fn () => any(), array_fill(0, mt_rand(1, 6), 0));
    $bytes = implode(array_map(encoded(...), $values));
    $ways = [[$bytes], str_split($bytes)];
    for ($n = 0; $n < 5; $n++) {
        $parts = [];
        for ($at = 0; $at < strlen($bytes); $at += strlen(end($parts))) {
            $parts[] = substr($bytes, $at, mt_rand(1, 60));
        }
        $ways[] = $parts;
    }
    foreach ($ways as $parts) {
        $wrong += read($parts) != $values;
    }
    // One that is cut gives what was whole before, and no more.
    $some = read([substr($bytes, 0, mt_rand(0, strlen($bytes) - 1))]);
    $wrong += $some != array_slice($values, 0, count($some)) || count($some) >= count($values);
}
echo "wrong: $wrong\n";

// A large string takes no longer than its bytes.
$large = random_text(50_000);
$large = str_repeat($large, 400);
$parts = str_split('$' . strlen($large) . "\r\n$large\r\n:1\r\n", 8192);
var_dump(read($parts) === [$large, 1]);

foreach ([
    "HTTP/1.1 400 Bad Request\r\n", "\r\n", ":\r\n", ":1x\r\n", ": 1\r\n", ":99999999999999999999\r\n", "$-2\r\n", "*-2\r\n", "\$600000000\r\n",
    "$2\r\nabcd", str_repeat("*1\r\n", 20), '+' . str_repeat('x', 70000), "%1\r\n+a\r\n+b\r\n",
] as $garbage) {
    try {
        read([$garbage]);
        echo 'taken: ', substr($garbage, 0, 20), "\n";
    } catch (ConnectionException $e) {
        echo $e->getMessage(), "\n";
    }
}
// Garbage never does anything else.
for ($n = 0, $refused = 0; $n < 20000; $n++) {
    $text = '';
    for ($i = mt_rand(1, 12); $i > 0; $i--) {
        $text .= ['*', '$', ':', '-', '+', "\r\n", '1', '3', '-1', 'a', "\0", '0'][mt_rand(0, 11)];
    }
    try {
        read(str_split($text, mt_rand(1, 4)));
    } catch (ConnectionException) {
        $refused++;
    }
}
var_dump($refused > 1000);
?>
--EXPECT--
wrong: 0
bool(true)
the server does not speak the protocol of Redis
the server does not speak the protocol of Redis
the server has sent a wrong number
the server has sent a wrong number
the server has sent a wrong number
the server has sent a wrong number
the server has sent a wrong number
the server has sent a wrong number
the server has sent a wrong number
the server has sent a string without an end
the server has sent too deep an array
the server has sent a line without an end
the server does not speak the protocol of Redis
bool(true)
