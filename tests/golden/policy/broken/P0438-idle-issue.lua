issue "y" { title = "y", each = "item", claimant = "client", burden = "client", standard = "some" }
