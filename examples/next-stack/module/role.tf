resource "aws_iam_role" "bastion" {
  name = var.name

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { Service = "ec2.amazonaws.com" }
      },
    ]
  })
}

resource "aws_iam_instance_profile" "bastion" {
  name = var.name
  role = aws_iam_role.bastion.name
}

resource "aws_iam_role_policy_attachment" "session_manager" {
  role       = aws_iam_role.bastion.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_iam_role_policy_attachment" "database_secret" {
  role       = aws_iam_role.bastion.name
  policy_arn = aws_iam_policy.database_secret.arn
}

# By itself, so that another role can have it, too.
resource "aws_iam_policy" "database_secret" {
  name        = "${var.name}-database-secret"
  description = "Reads the database's user and password"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid      = "ReadDatabaseSecret"
          Effect   = "Allow"
          Action   = "secretsmanager:GetSecretValue"
          Resource = var.database_secret_arn
        },
      ],
      var.kms_key_arn == null ? [] : [
        {
          Sid       = "DecryptDatabaseSecret"
          Effect    = "Allow"
          Action    = "kms:Decrypt"
          Resource  = var.kms_key_arn
          Condition = { StringLike = { "kms:ViaService" = "secretsmanager.*.amazonaws.com" } }
        },
      ],
    )
  })
}
