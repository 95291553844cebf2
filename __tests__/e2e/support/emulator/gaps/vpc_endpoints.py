"""EC2 gateway endpoints: DeleteVpcEndpoints and their routes.

Real AWS takes the routes that lead to the endpoint away with it, whichever there are. moto fails where one of them is
gone already, and Terraform can then never delete the endpoint.
"""

from moto.ec2.models.vpcs import VPCBackend
from moto.ec2.utils import generate_route_id


def close():
    original = VPCBackend.delete_vpc_endpoints

    def delete_vpc_endpoints(self, vpce_ids=None):
        for endpoint in (self.vpc_end_points.get(vpce_id) for vpce_id in vpce_ids or []):
            if endpoint is not None and endpoint.vpc_endpoint_type.lower() == "gateway":
                prefix_list = endpoint.destination_prefix_list_id
                endpoint.route_table_ids = [
                    table
                    for table in endpoint.route_table_ids
                    if table in self.route_tables
                    and generate_route_id(table, prefix_list) in self.route_tables[table]._routes
                ]
        original(self, vpce_ids)

    VPCBackend.delete_vpc_endpoints = delete_vpc_endpoints
