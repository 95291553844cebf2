"""Whose address a request has, behind the load balancer."""

from ipaddress import ip_network
from unittest import TestCase

from django_on_aws.middleware import client_address

NETWORKS = [ip_network("10.0.0.0/20"), ip_network("2001:db8::/64")]


class ClientAddressTest(TestCase):
    def test_is_the_last_that_the_load_balancer_added(self):
        self.assertEqual(client_address("10.0.1.2", "6.6.6.6, 203.0.113.9", NETWORKS, 1), "203.0.113.9")

    def test_is_the_last_but_one_with_a_cdn_in_front(self):
        forwarded = "6.6.6.6, 203.0.113.9, 198.51.100.7"
        self.assertEqual(client_address("10.0.1.2", forwarded, NETWORKS, 2), "203.0.113.9")

    def test_is_the_peers_where_that_is_none_of_our_proxies(self):
        self.assertEqual(client_address("192.0.2.1", "6.6.6.6", NETWORKS, 1), "192.0.2.1")
        self.assertEqual(client_address("10.0.1.2", "6.6.6.6", [], 1), "10.0.1.2")
        self.assertEqual(client_address("10.0.1.2", "6.6.6.6", NETWORKS, 0), "10.0.1.2")

    def test_is_the_peers_without_a_header(self):
        self.assertEqual(client_address("10.0.1.2", "", NETWORKS, 1), "10.0.1.2")
        self.assertEqual(client_address("10.0.1.2", "203.0.113.9", NETWORKS, 2), "10.0.1.2")

    def test_is_the_peers_where_the_header_holds_no_address(self):
        self.assertEqual(client_address("10.0.1.2", "unknown", NETWORKS, 1), "10.0.1.2")
        self.assertEqual(client_address("", "203.0.113.9", NETWORKS, 1), "")

    def test_may_be_of_ipv6(self):
        self.assertEqual(client_address("2001:db8::5", "2001:db8:ffff::1", NETWORKS, 1), "2001:db8:ffff::1")

    def test_may_stand_with_its_port(self):
        for written, address in [
            ("203.0.113.9:50000", "203.0.113.9"),
            ("[2001:db8:ffff::1]:50000", "2001:db8:ffff::1"),
            ("[2001:db8:ffff::1]", "2001:db8:ffff::1"),
        ]:
            self.assertEqual(client_address("10.0.1.2", written, NETWORKS, 1), address)
        self.assertEqual(client_address("10.0.1.2", "203.0.113.9:x", NETWORKS, 1), "10.0.1.2")
