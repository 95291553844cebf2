# The platform's outputs, out of the state of its stack django.
terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

variable "region" {
  type        = string
  default     = "us-east-1"
  description = "The platform's region."
}

variable "platform" {
  type        = string
  description = "The environment's name, for example shop-prod."
}

variable "state_backend" {
  type        = string
  default     = "s3"
  description = "Where the platform's states are: s3, or local."
}

variable "state_config" {
  type        = map(string)
  description = "Bucket, key and region of the state of django; of a local one, its path."
}

provider "aws" {
  region = var.region
}

data "terraform_remote_state" "platform" {
  backend = var.state_backend
  config  = var.state_config
}

locals {
  platform = data.terraform_remote_state.platform.outputs
}

module "bastion" {
  source = "../module"

  name                       = "${var.platform}-bastion"
  vpc_id                     = local.platform.vpc_id
  subnet_id                  = local.platform.private_subnet_ids[0]
  database_security_group_id = local.platform.security_group_ids["postgres"]
  database_port              = local.platform.database_port
  database_secret_arn        = local.platform.database_secret_arn
  # There is no such output where the keys are AWS's own.
  kms_key_arn = try(local.platform.kms_key_arn, null)
}

output "instance_id" {
  value       = module.bastion.instance_id
  description = "What aws ssm start-session takes as --target."
}
