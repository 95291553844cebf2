output "instance_id" {
  value       = aws_instance.bastion.id
  description = "What aws ssm start-session takes as --target."
}

output "database_secret_policy_arn" {
  value       = aws_iam_policy.database_secret.arn
  description = "A policy that lets a role read the database's user and password."
}
