"""EC2 NAT gateways: DeleteNatGateway and the network interface.

Real AWS gives a NAT gateway a network interface, and takes it away, with the address on it, when the gateway is
deleted. moto leaves it behind for ever.
"""

from moto.ec2.models.nat_gateways import NatGatewayBackend


def close():
    original = NatGatewayBackend.delete_nat_gateway

    def delete_nat_gateway(self, nat_gateway_id):
        gateway = original(self, nat_gateway_id)
        interface = gateway._eni
        for address in self.describe_addresses():
            if address.eni is interface and address.association_id:
                self.disassociate_address(association_id=address.association_id)
        self.enis.pop(interface.id, None)
        return gateway

    NatGatewayBackend.delete_nat_gateway = delete_nat_gateway
