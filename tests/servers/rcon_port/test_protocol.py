import factorio_rcon
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fle_marl.servers.rcon_port.protocol import BadPacket, Packet, PacketReader

INT32 = st.integers(-(2**31), 2**31 - 1)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)
PACKETS = st.lists(st.builds(Packet, INT32, INT32, TEXTS), max_size=5)


@given(PACKETS, st.integers(1, 50))
def test_packets_come_back_in_any_pieces(packets, piece):
    sent = b"".join(packet.encode() for packet in packets)
    reader, found = PacketReader(1000), []
    for start in range(0, len(sent), piece):
        reader.feed(sent[start : start + piece])
        found += reader.packets()
    assert found == packets


@given(st.binary(max_size=60))
def test_anything_else_is_refused_or_waited_for(received):
    reader = PacketReader(1000)
    reader.feed(received)
    try:
        list(reader.packets())
    except BadPacket as error:
        assert error.code == "bad-packet"


def test_bytes_are_those_of_a_known_client():
    message = factorio_rcon.RCONMessage(7, 2, "/c rcon.print('ä')")
    sent = factorio_rcon.RCONClient.build_message(message)
    assert Packet(7, 2, "/c rcon.print('ä')").encode() == sent


def test_what_utf_8_lacks_is_replaced():
    assert Packet(1, 0, "a\ud800b").encode()[12:-2] == b"a?b"


@pytest.mark.parametrize(("size", "is_taken"), [(20, True), (21, False)])
def test_the_longest_packet(size, is_taken):
    reader = PacketReader(20)
    reader.feed(Packet(1, 0, "x" * (size - 10)).encode())
    if is_taken:
        assert len(list(reader.packets())) == 1
        return
    with pytest.raises(BadPacket, match="10 to 20 bytes here, not 21"):
        list(reader.packets())
