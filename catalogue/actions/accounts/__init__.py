"""What producers do with their accounts: prove who they are, invite one another, leave."""
