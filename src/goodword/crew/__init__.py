"""Branches, the people who work there, their rights, skills, shifts and absences, and who is planned where when."""
