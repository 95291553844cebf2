variable "name" {
  type        = string
  description = "What the bastion and everything of it is called, for example shop-prod-bastion."
}

variable "vpc_id" {
  type        = string
  description = "The platform's output vpc_id."
}

variable "subnet_id" {
  type        = string
  description = "A private subnet with a way out to Systems Manager: one of the platform's private_subnet_ids."
}

variable "database_security_group_id" {
  type        = string
  description = "The security group of the database: security_group_ids[\"postgres\"]."
}

variable "database_port" {
  type        = number
  description = "The platform's output database_port."
}

variable "database_secret_arn" {
  type        = string
  description = "The secret that is read: database_secret_arn, or database_user_secret_arn."
}

variable "kms_key_arn" {
  type        = string
  default     = null
  description = "The key of that secret, the platform's output kms_key_arn. Default: AWS's own."
}

variable "private_ip" {
  type        = string
  default     = null
  description = "The bastion's address, where the platform's environment file lets that one reach the database. Default: any, and a rule of its own."
}
