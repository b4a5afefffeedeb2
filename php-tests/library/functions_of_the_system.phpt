--TEST--
small functions: hashes, texts of errors, addresses of interfaces, kinds of files, parts of serialized texts, the cache of names
--FILE--
<?php
// As PHP's arrays count it: 33 times what was before, and the byte; the highest bit is set.
$hash = array_reduce(str_split('words'), fn (int $hash, string $byte): int => $hash * 33 + ord($byte), 5381) | PHP_INT_MIN;
var_dump(swoole_hashcode('words') === $hash, swoole_hashcode('') === (5381 | PHP_INT_MIN));
var_dump(swoole_hashcode('a', 1) === 0xca2e9442, swoole_hashcode('The quick brown fox jumps over the lazy dog', 1) === 0x519e91f5);
var_dump(swoole_hashcode('a', 2));

$valid = fn (array $list, callable $check): bool => $list === array_filter($list, $check);
var_dump($valid(swoole_get_local_ip(), fn (string $ip): bool => $ip !== '127.0.0.1' && ip2long($ip) !== false));
var_dump($valid(swoole_get_local_mac(), fn (string $mac): bool => preg_match('/^[0-9A-F]{2}(:[0-9A-F]{2}){5}$/', $mac) === 1));

// Both lists leave out the interface lo.
var_dump(array_key_exists('lo', swoole_get_local_ip() + swoole_get_local_ip(AF_INET6) + swoole_get_local_mac()));
var_dump($valid(swoole_get_local_ip(AF_INET6), fn (string $ip): bool => strlen(inet_pton($ip)) === 16));

var_dump(swoole_mime_type_get('/a.b/page.html'), swoole_get_mime_type('PIC.PNG'), swoole_mime_type_get('none'), swoole_mime_type_get('x.'));
var_dump(swoole_mime_type_get('json'), swoole_mime_type_exists('json'), swoole_mime_type_exists(''));
var_dump(swoole_mime_type_add('png', 'image/other'), swoole_mime_type_add('own', 'text/own'), swoole_mime_type_get('x.own'), swoole_mime_type_exists('x.own'));
swoole_mime_type_set('own', 'text/set');
var_dump(in_array('text/set', swoole_mime_type_list(), true), array_is_list(swoole_mime_type_list()), swoole_mime_type_delete('own'), swoole_mime_type_delete('own'), swoole_mime_type_exists('x.own'));

$text = '<' . serialize(['a' => 1]) . '>';
var_dump(swoole_substr_unserialize($text, 1, strlen($text) - 2) === ['a' => 1]);
var_dump(swoole_substr_unserialize('x' . serialize(new ArrayObject()), 1, 0, ['allowed_classes' => false]) instanceof __PHP_Incomplete_Class);
var_dump(swoole_substr_unserialize('head' . serialize([2]), 4) === [2], swoole_substr_json_decode('head{"a":1}', 4)->a === 1);
var_dump(swoole_substr_json_decode('xx{"a":[1]}', -9, 0, true) === ['a' => [1]], swoole_substr_json_decode('[[[1]]]', 0, 7, false, 2));
foreach ([3, -6, PHP_INT_MIN, PHP_INT_MAX - 1] as $offset) {
    echo json_encode([swoole_substr_json_decode('[1]', $offset, 1), swoole_substr_unserialize('i:1;', $offset + 1)]), "\n";
}
foreach ([SWOOLE_ERROR_MALLOC_FAIL, SWOOLE_ERROR_PHP_FATAL_ERROR, SWOOLE_ERROR_HTTP_PROXY_HANDSHAKE_ERROR] as $code) {
    echo $code, ' ', swoole_strerror($code, SWOOLE_STRERROR_SWOOLE), "\n";
}
swoole_clear_dns_cache();
Swoole\Coroutine\run(fn () => var_dump(swoole_async_dns_lookup_coro('localhost', 5)));
?>
--EXPECTF--
bool(true)
bool(true)
bool(true)
bool(true)
bool(false)
bool(true)
bool(true)
bool(false)
bool(true)
string(9) "text/html"
string(9) "image/png"
string(24) "application/octet-stream"
string(24) "application/octet-stream"
string(16) "application/json"
bool(true)
bool(false)
bool(false)
bool(true)
string(8) "text/own"
bool(true)
bool(true)
bool(true)
bool(true)
bool(false)
bool(false)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
NULL

Warning: swoole_substr_json_decode(): Offset must be less than the length of the string in %s on line %d
[null,false]

Warning: swoole_substr_json_decode(): Offset must be less than the length of the string in %s on line %d
[null,false]

Warning: swoole_substr_json_decode(): Offset must be less than the length of the string in %s on line %d
[null,false]

Warning: swoole_substr_json_decode(): Offset must be less than the length of the string in %s on line %d
[null,false]
501 Malloc fail
503 PHP fatal error
7101 Http proxy handshake error
string(9) "127.0.0.1"
