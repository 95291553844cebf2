# Amazon Linux 2023, with the agent of Systems Manager in it.
data "aws_ssm_parameter" "image" {
  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"
}

resource "aws_instance" "bastion" {
  ami                    = nonsensitive(data.aws_ssm_parameter.image.value)
  instance_type          = "t4g.nano"
  subnet_id              = var.subnet_id
  private_ip             = var.private_ip
  vpc_security_group_ids = [aws_security_group.bastion.id]
  iam_instance_profile   = aws_iam_instance_profile.bastion.name
  tags                   = { Name = var.name }

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    encrypted   = true
    volume_type = "gp3"
    volume_size = 8
  }

  lifecycle {
    # A newer image is no reason to replace it: taint it for that.
    ignore_changes = [ami]
  }
}

# Nobody connects to it: Session Manager's agent asks for work from inside.
resource "aws_security_group" "bastion" {
  name        = var.name
  description = "The bastion"
  vpc_id      = var.vpc_id
  tags        = { Name = var.name }
}

resource "aws_vpc_security_group_egress_rule" "aws_apis" {
  security_group_id = aws_security_group.bastion.id
  description       = "Systems Manager and Secrets Manager"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "database" {
  security_group_id            = aws_security_group.bastion.id
  description                  = "PostgreSQL"
  referenced_security_group_id = var.database_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = var.database_port
  to_port                      = var.database_port
}

# In the platform's group, and known to this stack alone.
resource "aws_vpc_security_group_ingress_rule" "database" {
  count = var.private_ip == null ? 1 : 0

  security_group_id            = var.database_security_group_id
  description                  = "PostgreSQL from the bastion"
  referenced_security_group_id = aws_security_group.bastion.id
  ip_protocol                  = "tcp"
  from_port                    = var.database_port
  to_port                      = var.database_port
}
