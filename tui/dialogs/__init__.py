"""Small modal questions."""
