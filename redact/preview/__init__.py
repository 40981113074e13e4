"""What reviewers look at: pages of draft and output beside each other, highlighted copies."""
