# The platform's outputs, out of Parameter Store, where outputs.parameterPrefix puts them.
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

variable "parameter_prefix" {
  type        = string
  default     = "/platforms"
  description = "The environment's outputs.parameterPrefix."
}

provider "aws" {
  region = var.region
}

# All at once, so that what the platform does not have is missing here rather than an error.
data "aws_ssm_parameters_by_path" "platform" {
  path      = "${var.parameter_prefix}/${var.platform}"
  recursive = true
}

locals {
  # Terraform takes every parameter for a secret; these hold none.
  platform = nonsensitive({
    for index, name in data.aws_ssm_parameters_by_path.platform.names :
    trimprefix(name, "${var.parameter_prefix}/${var.platform}/") => data.aws_ssm_parameters_by_path.platform.values[index]
  })
}

module "bastion" {
  source = "../module"

  name                       = "${var.platform}-bastion"
  vpc_id                     = local.platform["vpc_id"]
  subnet_id                  = split(",", local.platform["private_subnet_ids"])[0]
  database_security_group_id = local.platform["security_group_ids/postgres"]
  database_port              = tonumber(local.platform["database_port"])
  database_secret_arn        = local.platform["database_secret_arn"]
  kms_key_arn                = lookup(local.platform, "kms_key_arn", null)
}

output "instance_id" {
  value       = module.bastion.instance_id
  description = "What aws ssm start-session takes as --target."
}
