--TEST--
swoole_strerror(): errno, Swoole's own codes, getaddrinfo's and the resolver's; numbers that are none
--SKIPIF--
<?php if (swoole_strerror(0) !== 'Success') die('skip the texts are those of glibc'); ?>
--FILE--
<?php
foreach ([0, 1, 32, 110, 133, -1, 500, 99999, PHP_INT_MAX, PHP_INT_MIN] as $code) {
    echo "$code: ", swoole_strerror($code), "\n";
}
foreach ([SWOOLE_ERROR_SYSTEM_CALL_FAIL, SWOOLE_ERROR_SOCKET_POLL_TIMEOUT, SWOOLE_ERROR_DNSLOOKUP_RESOLVE_FAILED, SWOOLE_ERROR_CO_CANCELED] as $code) {
    echo "$code: ", swoole_strerror($code), ', ', swoole_strerror($code, SWOOLE_STRERROR_SWOOLE), "\n";
}
foreach ([-2, -3, 12345] as $code) {
    echo "$code: ", swoole_strerror($code, SWOOLE_STRERROR_GAI), "\n";
}
foreach ([1, 2, 12345] as $code) {
    echo "$code: ", swoole_strerror($code, SWOOLE_STRERROR_DNS), "\n";
}
foreach ([3, 77, PHP_INT_MIN] as $type) {
    echo 'kind ', $type, ': ', swoole_strerror(2, $type), "\n";
}
echo swoole_strerror(error_type: SWOOLE_STRERROR_GAI, errno: -2), "\n";
?>
--EXPECTF--
0: Success
1: Operation not permitted
32: Broken pipe
110: Connection timed out
133: Memory page has hardware error
-1: Unknown error -1
500: Unknown error 500
99999: Unknown error 99999
9223372036854775807: Unknown error %i
-9223372036854775808: Unknown error %i
502: System call fail, System call fail
6002: Socket poll timeout, Socket poll timeout
711: DNS Lookup resolve failed, DNS Lookup resolve failed
10017: Coroutine canceled, Coroutine canceled
-2: Name or service not known
-3: Temporary failure in name resolution
12345: Unknown error
1: Unknown host
2: Host name lookup failure
12345: Unknown resolver error
kind 3: No such file or directory
kind 77: No such file or directory
kind -9223372036854775808: No such file or directory
Name or service not known
