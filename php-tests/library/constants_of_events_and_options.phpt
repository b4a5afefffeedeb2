--TEST--
Swoole\Constant has the names of events and options, each by the name of its constant
--FILE--
<?php
use Swoole\Constant;

$constants = (new ReflectionClass(Constant::class))->getConstants();
$name = fn (string $value): string => strtoupper(preg_replace('/[A-Z]/', '_$0', $value));
foreach ($constants as $constant => $value) {
    [$kind] = explode('_', $constant);
    if ($constant !== "{$kind}_" . $name($value)) {
        echo "$constant is $value\n";
    }
}
$count = array_count_values(array_map(fn (string $constant): string => explode('_', $constant)[0], array_keys($constants)));
printf("%d events, %d options\n", $count['EVENT'], $count['OPTION']);
foreach (['EVENT_WORKER_START', 'EVENT_BEFORE_HANDSHAKE_RESPONSE', 'EVENT_MESSAGE', 'OPTION_WORKER_NUM', 'OPTION_HOOK_FLAGS',
    'OPTION_HTTP2_MAX_FRAME_SIZE', 'OPTION_ENABLE_COROUTINE', 'OPTION_SSL_CERT_FILE', 'OPTION_IOURING_ENTRIES'] as $constant) {
    echo $constant, ' ', constant(Constant::class . "::$constant"), "\n";
}
var_dump(swoole_async_set(array_fill_keys(array_diff($constants, [Constant::OPTION_LOG_FILE, Constant::OPTION_LOG_DATE_FORMAT, Constant::OPTION_DNS_SERVER]), 1)));
?>
--EXPECT--
27 events, 205 options
EVENT_WORKER_START workerStart
EVENT_BEFORE_HANDSHAKE_RESPONSE beforeHandshakeResponse
EVENT_MESSAGE message
OPTION_WORKER_NUM worker_num
OPTION_HOOK_FLAGS hook_flags
OPTION_HTTP2_MAX_FRAME_SIZE http2_max_frame_size
OPTION_ENABLE_COROUTINE enable_coroutine
OPTION_SSL_CERT_FILE ssl_cert_file
OPTION_IOURING_ENTRIES iouring_entries
bool(true)
