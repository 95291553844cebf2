# The platform's outputs, by a dependency: a unit beside those that `npm run synth -- --terragrunt` writes, live/<name>/bastion.
include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "${get_terragrunt_dir()}/../../../modules/bastion"
}

dependency "django" {
  config_path = "../django"

  # For a plan before anything is there. An apply takes what is.
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs = {
    vpc_id              = "vpc-00000000000000000"
    private_subnet_ids  = ["subnet-00000000000000000"]
    security_group_ids  = { postgres = "sg-00000000000000000" }
    database_port       = 5432
    database_secret_arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:mock-000000"
  }
}

inputs = {
  name                       = "${basename(dirname(get_terragrunt_dir()))}-bastion"
  vpc_id                     = dependency.django.outputs.vpc_id
  subnet_id                  = dependency.django.outputs.private_subnet_ids[0]
  database_security_group_id = dependency.django.outputs.security_group_ids["postgres"]
  database_port              = dependency.django.outputs.database_port
  database_secret_arn        = dependency.django.outputs.database_secret_arn
  # There is no such output where the keys are AWS's own.
  kms_key_arn = try(dependency.django.outputs.kms_key_arn, null)
}
