# The association's register page, people, papers, account.
